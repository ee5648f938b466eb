/**
 * Microsoft Graph Command Line Tools, a public client that Microsoft has in every tenant of the worldwide cloud, and that `Connect-MgGraph` signs in with too
 * (Microsoft Graph PowerShell, "Use delegated access"). Other clouds and strict tenants have one of their own.
 */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e'
