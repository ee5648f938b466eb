import { startExchangeFront } from '../http/exchangeFront.ts'
import { checkEwsToken } from '../office365/entra/ewsTokens.ts'
import { type RegisteredApplication, registerApplication } from '../office365/entra/registry.ts'
import { type Office365Front, startOffice365Front } from '../office365/front.ts'
import type { SiteOptions } from '../office365/site.ts'
import { addUser, createTenant, type Tenant } from '../office365/tenant.ts'
import { passwordIn, type Side, type StartSide } from './side.ts'

export interface TenantSetUp extends SiteOptions {
  readonly kind: 'office365'
  /** Application permissions that the application has; all that a migration may need unless said. */
  readonly permissions?: readonly string[]
}

/** A Microsoft 365 tenant, with an application registered for a migration. */
export interface Office365Side extends Side, Office365Front {
  readonly kind: 'office365'
  readonly tenant: Tenant
  readonly application: RegisteredApplication
}

/** What it takes to migrate mail as messages, and everything else not at all. */
export const mailPermissions = [
  'Calendars.Read',
  'Contacts.Read',
  'Domain.Read.All',
  'Mail.ReadWrite',
  'MailboxFolder.ReadWrite.All',
  'MailboxSettings.Read',
  'Organization.Read.All',
  'Tasks.Read.All',
  'User.Read.All',
]

const migrationPermissions = [...mailPermissions, 'MailboxItem.ImportExport.All', 'MailboxItem.ReadWrite.All']

/** Microsoft 365: `<name>.onmicrosoft.com` is its own for ever, beside the domain that moves. EWS is answered by OAuth alone, where the tenant allows it. */
export const office365Side =
  ({ permissions = migrationPermissions, ...site }: Partial<TenantSetUp> = {}): StartSide<Office365Side> =>
  async ({ name, domain, staff, host, certificate, now }) => {
    const tenant = createTenant({ name, now, domains: domain === undefined ? [] : [domain] })
    const home = domain ?? tenant.initialDomain
    const [admin, ...people] = staff.map((person, index) => {
      const { local, language = 'en', ...rest } = person
      const password = passwordIn(name, person)
      return addUser(tenant, {
        ...rest,
        primarySmtpAddress: `${local}@${home}`,
        password,
        mailbox: { language },
        isAdministrator: index === 0,
      })
    })
    if (admin === undefined) throw new Error('A tenant without an administrator')
    const application = registerApplication(tenant.registry, 'Mailferry', permissions)
    await using stack = new AsyncDisposableStack()
    const front = stack.use(await startOffice365Front(tenant, { certificate: await certificate(), host, ...site }))
    const exchange = stack.use(
      await startExchangeFront(tenant.organisation, {
        certificate: await certificate(),
        host,
        methods: { basic: false, ntlm: false },
        checkToken: token => checkEwsToken(tenant, token),
      }),
    )
    const running = stack.move()
    return {
      ...front,
      kind: 'office365',
      tenant,
      organisation: tenant.organisation,
      exchange,
      application,
      admin,
      people,
      ownDomain: tenant.initialDomain,
      answered: () => front.site.requests.length + exchange.site.requests.length,
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    }
  }
