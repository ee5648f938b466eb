import type { Office365Settings } from '../../../src/domain/connection.ts'
import { type ConnectionDraft, emptyDraft } from '../../../src/webview/connection/draft.ts'
import { recorded } from '../../views/build.ts'

/** Signs in as an application, by a certificate. */
export const office365Settings: Office365Settings = {
  kind: 'office365',
  signIn: { method: 'application', tenant: 'contoso.onmicrosoft.com', clientId: 'client-1', credential: 'certificate' },
}

export const byAdmin = (user: string): Office365Settings => ({ kind: 'office365', signIn: { method: 'admin', user, clientId: 'public-1' } })

export const office365Draft: ConnectionDraft = {
  ...emptyDraft('target'),
  name: 'Cloud',
  kind: 'office365',
  tenant: 'contoso.onmicrosoft.com',
  clientId: 'client-1',
}

export const tenantRecorded = { ...recorded, organisation: 'tenant-1', address: 'https://graph.microsoft.com' }
