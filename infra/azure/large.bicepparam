using 'main.bicep'

// Several hundred communities, with nothing that stands alone but the region. An estimate of 2026-11-27 at list prices
// without tax, from what Azure's pages say of its meters; ask the pricing calculator for your region before you order:
// about 450 US dollars a month.
//   server    2 × 1 vCPU, 2 GiB                  50–160
//   database  D2ds_v5 with a standby, 128 GiB    280–320
//   keys      1 GiB                              < 1
//   logs      5 GB                               0–15
//   bot       F0, Teams is a standard channel    0
param image = readEnvironmentVariable('COP_IMAGE', '')
param replicas = 2
param cpu = '1'
param memory = '2Gi'
param databaseSku = {
  name: 'Standard_D2ds_v5'
  tier: 'GeneralPurpose'
}
param databaseStorage = 128
param databaseHighAvailability = true
param backupDays = 35
param logDays = 90
param settings = {
  ADMINISTRATORS: readEnvironmentVariable('ADMINISTRATORS', '')
  TEAMS_APP_ID: readEnvironmentVariable('TEAMS_APP_ID', '')
  GRAPH_UNITS_A_MINUTE: '2500'
}
