// What the server runs on: logs, the environment of its containers, and the volume of the keys of anonymous surveys.
param name string
param location string
param logDays int

resource logs 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: logDays
  }
}

resource containers 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

// The keys of open anonymous surveys lie apart from the database and in no backup: no snapshots, no soft delete.
resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: take('keys${uniqueString(resourceGroup().id, name)}', 24)
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-01-01' = {
  parent: storage
  name: 'default'
  properties: {
    shareDeleteRetentionPolicy: {
      enabled: false
    }
  }
}

resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2025-01-01' = {
  parent: files
  name: 'keys'
  properties: {
    enabledProtocols: 'SMB'
    shareQuota: 1
  }
}

resource keys 'Microsoft.App/managedEnvironments/storages@2025-01-01' = {
  parent: containers
  name: 'keys'
  properties: {
    azureFile: {
      accountName: storage.name
      accountKey: storage.listKeys().keys[0].value
      shareName: share.name
      accessMode: 'ReadWrite'
    }
  }
}

output environmentId string = containers.id
output domain string = containers.properties.defaultDomain
output keys string = keys.name
