// The address of the registration has the app's own id in it, which exists only once the registration does: the same
// registration again, found by its unique name.
extension microsoftGraphV1

param name string
param host string
param appId string

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: name
  displayName: 'CoP Companion'
  identifierUris: [
    'api://${host}/${appId}'
  ]
}
