import type { Person } from '../../src/sandbox/exchange/directory.ts'
import type { Contoso } from '../sandbox/office365/support.ts'

/** Enters a code on the sandbox's page, as a person in a browser does who accepts what is asked for. */
export const enterCode = async (
  cloud: Pick<Contoso, 'ask'>,
  { userCode, page }: { readonly userCode: string; readonly page: string },
  { userPrincipalName, password }: Pick<Person, 'userPrincipalName' | 'password'>,
  more: Readonly<Record<string, string>> = { consent: 'accept' },
): Promise<string> => {
  const body = new URLSearchParams({ code: userCode, username: userPrincipalName, password, ...more })
  return (await cloud.ask(page, { method: 'POST', body })).text
}
