// PostgreSQL, which lets the managed identity in and nobody by a password.
param name string
param location string
param sku { name: string, tier: 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized' }
param storage int
param highAvailability bool
param backupDays int
param identityName string
param identityObjectId string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  sku: sku
  properties: {
    version: '16'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    storage: {
      storageSizeGB: storage
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: backupDays
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: highAvailability ? 'ZoneRedundant' : 'Disabled'
    }
  }
}

resource data 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'cop'
  properties: {
    charset: 'UTF8'
    collation: 'en_US.utf8'
  }
}

// One after the other: the server takes one change at a time.
resource account 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = {
  parent: server
  name: identityObjectId
  properties: {
    principalName: identityName
    principalType: 'ServicePrincipal'
    tenantId: tenant().tenantId
  }
  dependsOn: [
    data
  ]
}

// 0.0.0.0 stands for what runs in Azure; who comes from there needs a token of the identity all the same.
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = {
  parent: server
  name: 'azure'
  properties: {
    startIpAddress: '0.0.0.0'
    endIpAddress: '0.0.0.0'
  }
  dependsOn: [
    account
  ]
}

output address string = 'postgres://${identityName}@${server.properties.fullyQualifiedDomainName}/${data.name}'
