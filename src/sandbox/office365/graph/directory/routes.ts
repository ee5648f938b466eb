import { type Route, route } from '../route.ts'
import { getDomain, listDomains, listOrganisation } from './organisation.ts'
import { getUser, listUsers } from './users.ts'

export const directoryRoutes: readonly Route[] = [
  route('GET', 'organization', listOrganisation),
  route('GET', 'domains', listDomains),
  route('GET', 'domains/{domain}', getDomain),
  route('GET', 'users', listUsers),
  route('GET', 'users/{user}', getUser),
]
