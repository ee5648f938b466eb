/** Releases by the first two numbers of their build, from Microsoft's table of build numbers. */
const releases: Readonly<Record<string, string>> = {
  '8.0': 'Exchange 2007',
  '8.1': 'Exchange 2007 SP1',
  '8.2': 'Exchange 2007 SP2',
  '8.3': 'Exchange 2007 SP3',
  '14.0': 'Exchange 2010',
  '14.1': 'Exchange 2010 SP1',
  '14.2': 'Exchange 2010 SP2',
  '14.3': 'Exchange 2010 SP3',
  '15.0': 'Exchange 2013',
  '15.1': 'Exchange 2016',
  '15.2': 'Exchange 2019',
}

/** Exchange Server Subscription Edition goes on with 2019's numbers. */
const firstBuildOfSubscriptionEdition = 2562

/** `Exchange 2016, build 15.1.2507.6`, and what a migration will miss there. */
export function describeVersion(version: string): string {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number)
  const isSubscription = major === 15 && minor === 2 && build >= firstBuildOfSubscriptionEdition
  const name = isSubscription ? 'Exchange Server SE' : (releases[`${major}.${minor}`] ?? 'Exchange')
  return [`${name}, build ${version}`, ...missing(major, minor)].join('; ')
}

function missing(major: number, minor: number): string[] {
  if (major >= 15) return []
  const older = [
    'Autodiscover tells no mailbox GUIDs, so addresses are refreshed by legacyExchangeDN alone',
    'receipt requests have to be taken out of changed items, for receipts can’t be suppressed',
  ]
  return exportsItems(major, minor) ? older : ['items can’t be exported whole: mail travels as MIME, and nothing else does', ...older]
}

/** ExportItems and UploadItems came with Exchange 2010 SP1. */
const exportsItems = (major: number, minor: number): boolean => major > 14 || (major === 14 && minor >= 1)
