import { type RegistrationWish, registrationPlan } from './plan.ts'

/** The same by hand, in the Entra admin centre. */
export function registerSteps(wish: RegistrationWish): string[] {
  const { name, permissions, scopedRoles, fullFidelity } = registrationPlan(wish)
  return [
    'By hand, in the Entra admin centre (entra.microsoft.com; that of your cloud):',
    `1. App registrations › New registration: name “${name}”, accounts in this organisational directory only, no redirect URI.`,
    '2. Certificates & secrets › Certificates › Upload: the certificate (a .cer file).',
    `3. API permissions › Add › Microsoft Graph › Application permissions: ${permissions.join(', ')}.`,
    ...wholeItems(fullFidelity.permissions),
    '4. API permissions › Grant admin consent.',
    ...(scopedRoles.length === 0
      ? []
      : [
          `5. In Exchange Online PowerShell, for the named mailboxes only (the script has the lines): ${scopedRoles.join(', ')}.`,
          ...wholeItems(fullFidelity.scopedRoles),
          '   They are not for step 3: what is consented to there holds for every mailbox, whatever Exchange binds.',
        ]),
    'Overview shows the tenant id and the application (client) id.',
  ]
}

const wholeItems = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`   For full-fidelity transfer between two tenants also: ${names.join(', ')}.`]
