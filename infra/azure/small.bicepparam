using 'main.bicep'

// Up to some fifty communities. An estimate of 2026-11-27 at list prices without tax, which could not be looked up that
// day; ask the pricing calculator for your region before you order: about 45 US dollars a month.
//   server    1 × 0.5 vCPU, 1 GiB, mostly idle   10–25
//   database  B1ms, 32 GiB                       17–20
//   keys      1 GiB                              < 1
//   logs      1 GB                               0–3
//   bot       F0, Teams is a standard channel    0
param image = readEnvironmentVariable('COP_IMAGE', '')
param replicas = 1
param cpu = '0.5'
param memory = '1Gi'
param databaseSku = {
  name: 'Standard_B1ms'
  tier: 'Burstable'
}
param databaseStorage = 32
param databaseHighAvailability = false
param backupDays = 7
param logDays = 30
param settings = {
  ADMINISTRATORS: readEnvironmentVariable('ADMINISTRATORS', '')
  TEAMS_APP_ID: readEnvironmentVariable('TEAMS_APP_ID', '')
}
