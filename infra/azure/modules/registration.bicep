// The app in Entra: what it exposes to Teams, what it may ask of Graph with the consent for it, and the identity that
// stands in for a secret. Whoever deploys it needs Application.ReadWrite.All, AppRoleAssignment.ReadWrite.All and
// DelegatedPermissionGrant.ReadWrite.All, as a Privileged Role Administrator or Global Administrator has.
extension microsoftGraphV1

param name string
param host string
@description('The object id of the managed identity.')
param identityObjectId string

// For a person, and for the app alone: what docs/deploying.md says, and no more.
var delegatedPermission = 'Sites.ReadWrite.All'
var applicationPermission = 'Sites.Selected'

// Teams on desktop and phones, Teams on the web, Microsoft 365 on the web, on desktop, on phones with Outlook on desktop,
// Outlook on the web and on phones: those whose tokens the server takes.
var teamsClients = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
  '4765445b-32c6-49b0-83e6-1d93765276ca'
  '0ec893e0-5785-4de6-99da-4ed124e5296c'
  'd3590ed6-52b3-4102-aeff-aad2292ab01c'
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3'
  '27922004-5251-4030-b22d-91ecd9a37ea4'
]

var accessAsUser = guid(name, 'access_as_user')

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}
var delegatedId = filter(graph.oauth2PermissionScopes, scope => scope.value == delegatedPermission)[0].id
var applicationId = filter(graph.appRoles, role => role.value == applicationPermission)[0].id

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: name
  displayName: 'CoP Companion'
  signInAudience: 'AzureADMyOrg'
  web: {
    redirectUris: [
      'https://${host}/tabs/?frame=consent-end'
    ]
  }
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: accessAsUser
        value: 'access_as_user'
        type: 'User'
        isEnabled: true
        adminConsentDisplayName: 'Open CoP Companion'
        adminConsentDescription: 'Lets Teams open CoP Companion as the person who is signed in.'
        userConsentDisplayName: 'Open CoP Companion'
        userConsentDescription: 'Lets Teams open CoP Companion as you.'
      }
    ]
    preAuthorizedApplications: [
      for client in teamsClients: {
        appId: client
        delegatedPermissionIds: [
          accessAsUser
        ]
      }
    ]
  }
  requiredResourceAccess: [
    {
      resourceAppId: graph.appId
      resourceAccess: [
        {
          id: delegatedId
          type: 'Scope'
        }
        {
          id: applicationId
          type: 'Role'
        }
      ]
    }
  ]

  resource credential 'federatedIdentityCredentials@v1.0' = {
    name: '${app.uniqueName}/managed-identity'
    description: 'The managed identity that the server runs with.'
    issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
    subject: identityObjectId
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
}

resource delegatedConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: principal.id
  resourceId: graph.id
  consentType: 'AllPrincipals'
  scope: delegatedPermission
}

resource applicationConsent 'Microsoft.Graph/appRoleAssignedTo@v1.0' = {
  principalId: principal.id
  resourceId: graph.id
  appRoleId: applicationId
}

output appId string = app.appId
