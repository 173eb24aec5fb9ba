// The server, as many of it as are wanted: they share the work by the database.
param name string
param location string
param image string
param registry string
param identityId string
param environmentId string
@description('The name of the volume of keys in the environment.')
param keys string
param replicas int
param cpu string
param memory string
@description('What the server reads, by the names of docs/deploying.md.')
param environment object

var port = 3978

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'auto'
        allowInsecure: false
      }
      registries: empty(registry)
        ? []
        : [
            {
              server: registry
              identity: identityId
            }
          ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'server'
          image: image
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          env: [
            for setting in items(union(environment, {
              PORT: string(port)
              KEYS_DIR: '/keys'
              // The addresses of the environment's own proxy, which ends TLS.
              TRUST_PROXY: '100.64.0.0/10,uniquelocal,loopback'
            })): {
              name: setting.key
              value: string(setting.value)
            }
          ]
          volumeMounts: [
            {
              volumeName: 'keys'
              mountPath: '/keys'
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health/live'
                port: port
              }
              periodSeconds: 5
              failureThreshold: 30
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/health/ready'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 6
            }
            {
              type: 'Liveness'
              tcpSocket: {
                port: port
              }
              periodSeconds: 20
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'keys'
          storageType: 'AzureFile'
          storageName: keys
          mountOptions: 'uid=1000,gid=1000,dir_mode=0700,file_mode=0600,nobrl'
        }
      ]
      scale: {
        minReplicas: replicas
        maxReplicas: replicas
      }
    }
  }
}
