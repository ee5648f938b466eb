import { CancellationError, window } from 'vscode'
import { domainOf } from '../../domain/addresses.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { App } from '../app.ts'

/** The domain that a person means: one that connections are known to depend on, or another that is typed. Throws CancellationError. */
export async function askDomain(
  { mirror, wording: { l10n } }: App,
  ask: { readonly title: string; readonly placeHolder: string },
): Promise<string> {
  const other = { label: l10n.t('Another domain…') }
  const chosen = await window.showQuickPick([...domainsOf(mirror.connections).map(label => ({ label })), other], ask)
  const domain =
    chosen === other ? await window.showInputBox({ title: l10n.t('Domain'), prompt: l10n.t('Such as contoso.com') }) : chosen?.label
  if (domain === undefined || domain.trim() === '') throw new CancellationError()
  return domain.trim()
}

/** The domains that recorded admins, accepted domains and Autodiscover name. */
function domainsOf(connections: readonly ConnectionSummary[]): string[] {
  const domains = connections.flatMap(({ settings, verification }) => {
    const recorded = 'recorded' in verification ? verification.recorded : undefined
    const admin = domainOf(recorded?.adminAddress ?? '')
    return [
      ...(recorded?.acceptedDomains ?? []),
      ...(admin === undefined ? [] : [admin]),
      ...(settings.kind === 'exchange' && settings.server.by === 'autodiscover' ? [settings.server.domain] : []),
    ]
  })
  return [...new Set(domains.map(domain => domain.toLowerCase()))].filter(domain => !domain.endsWith('.onmicrosoft.com')).sort()
}
