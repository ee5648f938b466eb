import type { Office365Cloud, Office365Settings } from '../../domain/connection.ts'

/** Where a national cloud answers: origins, without a slash at their end. */
export interface CloudEndpoints {
  readonly login: string
  readonly graph: string
  /** Exchange Online, for EWS. */
  readonly outlook: string
  /** The mailbox import and export API is there. */
  readonly importExport: boolean
  /** What `Connect-MgGraph -Environment` and `Connect-ExchangeOnline -ExchangeEnvironmentName` call it. */
  readonly powerShell: { readonly graph: string; readonly exchange: string }
}

/** Microsoft Graph, "National cloud deployments" and "mailbox-import-export-api-overview"; Exchange Online PowerShell, "Connect-ExchangeOnline". */
export const clouds: Readonly<Record<Office365Cloud, CloudEndpoints>> = {
  global: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    outlook: 'https://outlook.office365.com',
    importExport: true,
    powerShell: { graph: 'Global', exchange: 'O365Default' },
  },
  usGov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    outlook: 'https://outlook.office365.us',
    importExport: false,
    powerShell: { graph: 'USGov', exchange: 'O365USGovGCCHigh' },
  },
  usGovDoD: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    outlook: 'https://outlook-dod.office365.us',
    importExport: false,
    powerShell: { graph: 'USGovDoD', exchange: 'O365USGovDoD' },
  },
  china: {
    login: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    outlook: 'https://partner.outlook.cn',
    importExport: false,
    powerShell: { graph: 'China', exchange: 'O365China' },
  },
}

/** The endpoints of a connection: its cloud's, or those of a test network. */
export const endpointsOf = ({ cloud = 'global', at }: Pick<Office365Settings, 'cloud' | 'at'>): CloudEndpoints => ({
  ...clouds[cloud],
  ...at,
  outlook: at?.outlook ?? clouds[cloud].outlook,
})
