import type { Domain, Organization } from '@microsoft/microsoft-graph-types'
import type { Answer } from '../../../http/answer.ts'
import type { Tenant } from '../../tenant.ts'
import { type GraphCall, routeValue } from '../call.ts'
import { resourceNotFound } from '../graphError.ts'
import { entityAnswer, page } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { permissions, permit } from '../permit.ts'

const domainProperties = [
  'id',
  'authenticationType',
  'isAdminManaged',
  'isDefault',
  'isInitial',
  'isRoot',
  'isVerified',
  'supportedServices',
]
const organisationProperties = [
  'id',
  'displayName',
  'verifiedDomains',
  'createdDateTime',
  'tenantType',
  'countryLetterCode',
  'onPremisesSyncEnabled',
  'assignedPlans',
]

function domainsOf({ organisation: { acceptedDomains }, initialDomain }: Tenant): Domain[] {
  const first = [...acceptedDomains].find(domain => domain !== initialDomain) ?? initialDomain
  return [...acceptedDomains].map(id => ({
    id,
    authenticationType: 'Managed',
    isAdminManaged: true,
    isDefault: id === first,
    isInitial: id === initialDomain,
    isRoot: true,
    isVerified: true,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
  }))
}

export function listDomains(call: GraphCall): Answer {
  permit(call, permissions.readDomains)
  const entities = domainsOf(call.site.tenant)
  const select = selected(call, 'domain', domainProperties)
  return page(call, { context: 'domains', entities, offset: 0, size: entities.length, show: domain => project(domain, select) })
}

export function getDomain(call: GraphCall): Answer {
  permit(call, permissions.readDomains)
  const id = routeValue(call, 'domain')
  const domain = domainsOf(call.site.tenant).find(one => one.id === id.toLowerCase())
  if (!domain) throw resourceNotFound(id)
  return entityAnswer(call, 'domains/$entity', domain)
}

export function listOrganisation(call: GraphCall): Answer {
  permit(call, permissions.readOrganisation)
  const { tenant } = call.site
  const organisation: Organization = {
    id: tenant.id,
    displayName: tenant.organisation.name,
    tenantType: 'AAD',
    createdDateTime: '2020-03-02T08:00:00Z',
    countryLetterCode: 'DE',
    onPremisesSyncEnabled: [...tenant.users.values()].some(({ onPremisesImmutableId }) => onPremisesImmutableId !== undefined) || null,
    assignedPlans: [],
    verifiedDomains: domainsOf(tenant).map(({ id, isDefault, isInitial }) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: isDefault ?? false,
      isInitial: isInitial ?? false,
      name: id ?? '',
      type: 'Managed',
    })),
  }
  const select = selected(call, 'organization', organisationProperties)
  return page(call, { context: 'organization', entities: [organisation], offset: 0, size: 1, show: one => project(one, select) })
}
