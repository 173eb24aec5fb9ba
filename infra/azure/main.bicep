// All that the app needs in Azure and Entra: an identity instead of secrets, the registration with its consent, the bot
// with its Teams channel, PostgreSQL, and the server. From the root of the project:
//   az deployment group create -g <group> -f infra/azure/main.bicep -p infra/azure/small.bicepparam -p image=<image>
targetScope = 'resourceGroup'

@description('What everything is named after.')
@minLength(3)
@maxLength(20)
param name string = 'cop-companion'

@description('Where everything is, the bot excepted, which is everywhere.')
param location string = resourceGroup().location

@description('The image of the server, made by infra/image/Dockerfile, such as example.azurecr.io/cop-companion:0.1.0.')
param image string

@description('A registry of Azure that the identity may pull from, such as example.azurecr.io; empty for a public one.')
param registry string = ''

@description('Where Teams reaches the server, if it is not the name that Azure gives: a host bound to the container app.')
param host string = ''

@description('How many servers run: one that is always there, or several that share the work.')
@minValue(1)
@maxValue(10)
param replicas int

@description('Of each server, such as 0.5.')
param cpu string

@description('Of each server, such as 1Gi.')
param memory string

@description('Of PostgreSQL.')
param databaseSku { name: string, tier: 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized' }

@description('Of PostgreSQL, in GiB.')
param databaseStorage int

@description('A second PostgreSQL in another zone takes over.')
param databaseHighAvailability bool

@description('How many days back the database can be restored to.')
@minValue(7)
@maxValue(35)
param backupDays int

@description('How many days logs are kept.')
param logDays int

@description('What the server reads beside what follows from here, by the names of docs/deploying.md.')
param settings object = {}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-identity'
  location: location
}

module platform 'modules/platform.bicep' = {
  name: '${name}-platform'
  params: {
    name: name
    location: location
    logDays: logDays
  }
}

var publicHost = empty(host) ? '${name}.${platform.outputs.domain}' : host

module registration 'modules/registration.bicep' = {
  name: '${name}-registration'
  params: {
    name: name
    host: publicHost
    identityObjectId: identity.properties.principalId
  }
}

module address 'modules/address.bicep' = {
  name: '${name}-address'
  params: {
    name: name
    host: publicHost
    appId: registration.outputs.appId
  }
}

module bot 'modules/bot.bicep' = {
  name: '${name}-bot'
  params: {
    name: name
    host: publicHost
    appId: registration.outputs.appId
  }
}

module database 'modules/database.bicep' = {
  name: '${name}-database'
  params: {
    name: name
    location: location
    sku: databaseSku
    storage: databaseStorage
    highAvailability: databaseHighAvailability
    backupDays: backupDays
    identityName: identity.name
    identityObjectId: identity.properties.principalId
  }
}

module server 'modules/server.bicep' = {
  name: '${name}-server'
  params: {
    name: name
    location: location
    image: image
    registry: registry
    identityId: identity.id
    environmentId: platform.outputs.environmentId
    keys: platform.outputs.keys
    replicas: replicas
    cpu: cpu
    memory: memory
    environment: union(settings, {
      PUBLIC_URL: 'https://${publicHost}'
      MICROSOFT_TENANT_ID: tenant().tenantId
      MICROSOFT_APP_ID: registration.outputs.appId
      MICROSOFT_APP_IDENTITY: identity.properties.clientId
      DATABASE_URL: database.outputs.address
      DATABASE_IDENTITY: identity.properties.clientId
    })
  }
}

output PUBLIC_URL string = 'https://${publicHost}'
output MICROSOFT_APP_ID string = registration.outputs.appId
output MICROSOFT_TENANT_ID string = tenant().tenantId
