import type { AssignedPlan, ProvisionedPlan, User } from '@microsoft/microsoft-graph-types'
import type { CloudUser, MailboxState } from '../../tenant.ts'

export const userProperties = [
  'id',
  'displayName',
  'givenName',
  'surname',
  'jobTitle',
  'department',
  'mail',
  'mailNickname',
  'mobilePhone',
  'businessPhones',
  'officeLocation',
  'preferredLanguage',
  'userPrincipalName',
  'proxyAddresses',
  'otherMails',
  'imAddresses',
  'accountEnabled',
  'assignedLicenses',
  'assignedPlans',
  'provisionedPlans',
  'createdDateTime',
  'deletedDateTime',
  'showInAddressList',
  'userType',
  'usageLocation',
  'onPremisesSyncEnabled',
  'onPremisesImmutableId',
  'onPremisesSamAccountName',
  'onPremisesUserPrincipalName',
  'onPremisesDomainName',
  'onPremisesDistinguishedName',
  'onPremisesSecurityIdentifier',
  'onPremisesLastSyncDateTime',
  'onPremisesExtensionAttributes',
]

/** What comes without `$select`. */
export const usualProperties = [
  'id',
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
]

/** EXCHANGE_S_ENTERPRISE and the product that has it, ENTERPRISEPACK. */
const exchangePlan = 'efb87545-963c-4e0d-99df-69c6916d9eb0'
const product = '6fd2c87f-b296-42f0-b197-1e91e994b900'

type Standing = Pick<CloudUser, 'state' | 'purpose'>

const licenceless: ReadonlySet<MailboxState> = new Set(['unlicensed', 'licenceRemoved', 'softDeleted', 'onPremises'])

const isLicensed = ({ state, purpose }: Standing): boolean => purpose === 'user' && !licenceless.has(state)

const since = '2026-01-15T09:00:00Z'

function plansOf({ state, purpose }: Standing): { readonly assigned: AssignedPlan[]; readonly provisioned: ProvisionedPlan[] } {
  if (!isLicensed({ state, purpose }) && state !== 'softDeleted') return { assigned: [], provisioned: [] }
  const capabilityStatus = state === 'softDeleted' ? 'Deleted' : 'Enabled'
  return {
    assigned: [{ assignedDateTime: since, capabilityStatus, service: 'exchange', servicePlanId: exchangePlan }],
    provisioned: [{ capabilityStatus, provisioningStatus: state === 'onPremisesGuid' ? 'PendingInput' : 'Success', service: 'exchange' }],
  }
}

/** Everything that may be selected of a user. */
export function showUser(user: CloudUser): User {
  const { person, userType, onPremisesImmutableId } = user
  const plans = plansOf(user)
  const isSynchronised = onPremisesImmutableId !== undefined
  const local = isSynchronised ? { name: person.samAccountName, domain: 'ad.corp.test' } : undefined
  return {
    id: person.objectGuid,
    businessPhones: [],
    displayName: person.displayName,
    givenName: person.givenName,
    surname: person.surname,
    jobTitle: person.jobTitle || null,
    department: person.department || null,
    mail: person.primarySmtpAddress || null,
    mailNickname: person.primarySmtpAddress.split('@')[0] ?? null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    userPrincipalName: person.userPrincipalName,
    proxyAddresses: [...person.proxyAddresses],
    otherMails: [],
    imAddresses: [],
    accountEnabled: !person.accountDisabled,
    assignedLicenses: isLicensed(user) ? [{ disabledPlans: [], skuId: product }] : [],
    assignedPlans: plans.assigned,
    provisionedPlans: plans.provisioned,
    createdDateTime: since,
    deletedDateTime: null,
    showInAddressList: !person.hiddenFromAddressLists,
    userType,
    usageLocation: 'DE',
    onPremisesSyncEnabled: isSynchronised ? true : null,
    onPremisesImmutableId: onPremisesImmutableId ?? null,
    onPremisesSamAccountName: local?.name ?? null,
    onPremisesUserPrincipalName: local ? person.userPrincipalName : null,
    onPremisesDomainName: local?.domain ?? null,
    onPremisesDistinguishedName: local ? `CN=${person.displayName},OU=People,DC=ad,DC=corp,DC=test` : null,
    onPremisesSecurityIdentifier: local ? person.sid : null,
    onPremisesLastSyncDateTime: local ? since : null,
    onPremisesExtensionAttributes: {},
  }
}
