import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { graphAppId, roleName } from '../../../src/sandbox/office365/entra/permissions.ts'
import { systemResolver } from '../../../src/servers/http/resolver.ts'
import { applicationTokens } from '../../../src/servers/office365/entra/applicationTokens.ts'
import { givenToken } from '../../../src/servers/office365/entra/tokens.ts'
import type { Asking } from '../../../src/servers/office365/graph/ask.ts'
import { openGraph } from '../../../src/servers/office365/graph/openGraph.ts'
import { makeApplicationCertificate } from '../../../src/servers/office365/registration/makeCertificate.ts'
import { registrationScopes } from '../../../src/servers/office365/registration/plan.ts'
import { registerApplication } from '../../../src/servers/office365/registration/registerApplication.ts'
import { registerScript } from '../../../src/servers/office365/registration/registerScript.ts'
import { renewScript } from '../../../src/servers/office365/registration/renewScript.ts'
import { createSignInGuard } from '../../../src/servers/signInGuard.ts'
import { trustOf } from '../../../src/servers/tls/trust.ts'
import { contoso } from '../../sandbox/office365/support.ts'
import { undocumented, watchGraph } from '../../support/graphShapes.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'

const made = await makeApplicationCertificate('Mailferry', { days: 365 })

describe('a certificate made here', () => {
  it('is one that Node reads, signed by itself, with its own key', () => {
    const certificate = new X509Certificate(made.certificate)
    assert.equal(certificate.subject, 'CN=Mailferry')
    assert.ok(certificate.verify(certificate.publicKey))
    assert.equal(certificate.validToDate.toISOString(), made.validTo)
    assert.ok(!made.certificate.includes('PRIVATE KEY'))
  })
})

describe('a renewal by script', () => {
  it('adds the certificate to the application that is there, and makes no other', () => {
    const script = renewScript({ cloud: 'china', clientId: 'client-1', certificate: made.pem })
    assert.match(script, /\$clientId = 'client-1'/)
    assert.match(script, /-notin \$known[\s\S]*-KeyCredentials \(@\(\$app\.KeyCredentials \| Where-Object \{ \$_ \}\) \+ \$key\)/)
    assert.ok(script.includes('-Environment China') && !script.includes('New-MgApplication'))
    const [, base64 = ''] = /FromBase64String\('([^']+)'\)/.exec(script) ?? []
    assert.deepEqual(Buffer.from(base64, 'base64'), new X509Certificate(made.certificate).raw)
  })
})

describe('a registration by script', () => {
  it('asks for no more than a source needs, and for the whole tenant where no mailbox is named', () => {
    const script = registerScript({ role: 'source', cloud: 'global' }, made.certificate)
    assert.match(script, /\$permissions = @\('User\.Read\.All', 'Domain\.Read\.All', 'Mail\.Read', 'MailboxSettings\.Read'\)/)
    assert.match(script, /\$permissions \+= @\('MailboxFolder\.Read\.All', 'MailboxItem\.Read\.All', 'MailboxItem\.Export\.All'\)/)
    assert.ok(!script.includes("ReadWrite.All') #") && !script.includes('Mail.ReadWrite'))
    assert.ok(!script.includes('New-ManagementScope') && !script.includes('Remove-Mg'))
  })

  it('binds mail to the named mailboxes, and consents to none of it for the tenant', () => {
    const wish = { role: 'target', cloud: 'usGov', mailboxes: ["o'hara@contoso.test", 'anna@contoso.test'] } as const
    const script = registerScript(wish, made.certificate)
    assert.match(script, /\$permissions = @\('User\.Read\.All', 'Domain\.Read\.All'\)/)
    assert.match(script, /'Application Mail\.ReadWrite', 'Application MailboxSettings\.Read'/)
    assert.ok(script.includes("  'o''hara@contoso.test'\r\n  'anna@contoso.test'\r\n"))
    assert.ok(script.includes('-Environment USGov') && script.includes('O365USGovGCCHigh'))
    assert.ok(!script.includes('MailboxItem'), 'that cloud has no import and export')
    const whole = registerScript({ ...wish, cloud: 'global' }, made.certificate)
    assert.match(
      whole,
      /if \(\$FullFidelity\) \{\r\n {2}\$permissions \+= @\(\)\r\n {2}\$bound \+= @\('Application MailboxFolder\.ReadWrite', 'Application MailboxItem\.ReadWrite', 'Application MailboxItem\.ImportExport'\)/,
    )
    assert.match(
      script,
      /Remove-MgServicePrincipalAppRoleAssignment/,
      'a consent for the whole tenant, as of an earlier run, is taken back',
    )
  })

  it('takes what is there when it is run again: application, certificate, consent, group, members, scope and roles', () => {
    const script = registerScript({ role: 'source', cloud: 'global', mailboxes: ['anna@contoso.test'] }, made.certificate)
    const lines = script.split('\r\n')
    const guardOf = (line: RegExp): string => lines[lines.findIndex(one => line.test(one)) - 1] ?? ''
    assert.match(guardOf(/^ {2}\$app = New-MgApplication/), /^\} else \{$/)
    assert.match(guardOf(/^ {4}Update-MgApplication .*-KeyCredentials/), /-notin \$known/)
    assert.match(guardOf(/New-MgServicePrincipalAppRoleAssignment/), /-notin \$given\.AppRoleId/)
    assert.match(guardOf(/\$group = New-DistributionGroup/), /if \(-not \$group\)/)
    assert.match(guardOf(/New-ServicePrincipal -AppId \$app\.AppId -ObjectId \$principal\.Id/), /if \(-not \(Get-ServicePrincipal/)
    assert.match(guardOf(/New-ManagementScope/), /if \(-not \(Get-ManagementScope/)
    assert.match(
      guardOf(/New-ManagementRoleAssignment -Name \$assignment -App \$principal\.Id/),
      /-not \(Get-ManagementRoleAssignment -Role \$role/,
    )
    assert.match(script, /MemberAlreadyExists/)
    assert.match(script, /applications are called .*name one by -ClientId/)
  })

  it('holds the certificate, and never a private key', () => {
    const script = registerScript({ role: 'source', cloud: 'global' }, made.pem)
    const [, base64 = ''] = /FromBase64String\('([^']+)'\)/.exec(script) ?? []
    assert.deepEqual(Buffer.from(base64, 'base64'), new X509Certificate(made.certificate).raw)
    const key = made.pem.split('\n')[20] ?? ''
    assert.ok(key.length === 64 && !script.includes(key))
  })
})

const reach = async (scopes: readonly string[]) => {
  const org = await contoso()
  const dir = tempDir()
  const caFile = join(dir.path, 'ca.pem')
  await writeFile(caFile, org.ca)
  const network = { resolver: systemResolver, trust: trustOf({ caFile }), fingerprints: [] }
  const token = org.tenant.tokens.issue({
    audience: 'https://graph.microsoft.com',
    appId: org.app.application.appId,
    objectId: org.admin.objectGuid,
    scope: scopes.join(' '),
    upn: 'admin@contoso.test',
  })
  const graph = openGraph({ graph: org.graphUrl, network, tokens: givenToken('admin@contoso.test', token), userAgent: 'Mailferry/0' })
  const asking: Asking = { graph, context: { host: '127.0.0.1', connection: 'Cloud', user: 'admin@contoso.test' }, signal: never }
  return {
    org,
    network,
    asking,
    watch: watchGraph(org.graphUrl),
    async [Symbol.asyncDispose]() {
      await graph[Symbol.asyncDispose]()
      await org[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

describe('a registration by Graph', () => {
  it('makes an application that signs in with its certificate and has what a target needs', async () => {
    await using here = await reach(registrationScopes)
    const { org, network, asking } = here
    using watch = here.watch
    const registered = await registerApplication(
      asking,
      { role: 'target', cloud: 'global' },
      { certificate: made.certificate, fullFidelity: true },
    )
    assert.ok(registered.registered, JSON.stringify(registered))
    const tokens = applicationTokens(
      { connection: 'Cloud', login: org.loginUrl, network, userAgent: 'Mailferry/0' },
      { method: 'application', tenant: org.tenant.id, clientId: registered.clientId, credential: 'certificate' },
      { pem: made.pem },
      createSignInGuard('Cloud'),
      'https://graph.microsoft.com/.default',
    )
    const claims = org.tenant.tokens.check(await tokens.token(never))
    assert.ok(typeof claims === 'object')
    const expected = [
      'User.Read.All',
      'Domain.Read.All',
      'Mail.ReadWrite',
      'MailboxSettings.Read',
      'MailboxFolder.ReadWrite.All',
      'MailboxItem.ImportExport.All',
      'MailboxItem.ReadWrite.All',
    ]
    assert.deepEqual([...(claims.roles ?? [])].sort(), expected.sort())
    assert.deepEqual(watch.problems, [])
  })

  it('says why a tenant refuses, and leaves no half of an application behind', async () => {
    await using here = await reach(['Application.ReadWrite.All'])
    using _watch = here.watch
    const before = [...here.org.tenant.registry.applications.values()].length
    const registered = await registerApplication(
      here.asking,
      { role: 'source', cloud: 'global' },
      { certificate: made.certificate, fullFidelity: false },
    )
    assert.ok(!registered.registered)
    assert.deepEqual([registered.why.code, registered.left], ['permission.graph', undefined])
    assert.equal([...here.org.tenant.registry.applications.values()].length, before)
  })
})

describe('a registration that a person stops', () => {
  it('takes back what was half made', async () => {
    await using here = await reach(registrationScopes)
    using _watch = here.watch
    const { registry } = here.org.tenant
    const before = registry.applications.length
    const stop = new AbortController()
    const graph: Asking['graph'] = {
      ...here.asking.graph,
      send(request, options) {
        if (request.path === '/servicePrincipals') stop.abort()
        return here.asking.graph.send(request, options)
      },
    }
    const wish = { role: 'source', cloud: 'global' } as const
    const registering = registerApplication({ ...here.asking, graph, signal: stop.signal }, wish, {
      certificate: made.certificate,
      fullFidelity: false,
    })
    await assert.rejects(registering, { code: 'stopped' })
    assert.equal(registry.applications.length, before)
  })
})

describe('the table of what Graph may be asked', () => {
  it('knows neither other paths nor options that a page doesn’t name', () => {
    assert.equal(undocumented('GET', '/users?$select=id&$skiptoken=x'), undefined)
    assert.match(undocumented('GET', '/users/x/mailboxSettings?$select=id') ?? '', /takes no \$select/)
    assert.match(undocumented('POST', '/users/x/sendMail') ?? '', /in no table/)
    assert.ok(roleName(graphAppId, 'df021288-bdef-4463-88db-98f22de89214'))
  })
})
