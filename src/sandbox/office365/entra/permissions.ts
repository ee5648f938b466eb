/** Microsoft Graph's application id, the same in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000'
/** Office 365 Exchange Online's: EWS. */
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000'

/** Microsoft Graph Command Line Tools: a public client that Microsoft has in every tenant. */
export const commandLineToolsAppId = '14d82eec-204b-4c2f-b7e8-296a70dab67e'

/** Application permissions by their app role's id, from Microsoft's permissions reference. */
export const appRoles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [graphAppId]: {
    'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
    'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
    'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
    'Calendars.Read': '798ee544-9d2d-430c-a058-570e29e34338',
    'Calendars.ReadWrite': 'ef54d2bf-783f-4e0f-bca1-3210c0444d99',
    'Contacts.Read': '089fe4d0-434a-44c5-8827-41ba8a0b17f5',
    'Contacts.ReadWrite': '6918b873-d17a-4dc1-b314-35f528134491',
    'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    'Domain.Read.All': 'dbb9058a-0e50-45d7-ae91-66909b5d4664',
    'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
    'Mail.ReadWrite': 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
    'MailboxFolder.Read.All': '99280d24-a782-4793-93cc-0888549957f6',
    'MailboxFolder.ReadWrite.All': 'fef87b92-8391-4589-9da7-eb93dab7dc8a',
    'MailboxItem.Export.All': '937550e9-33a3-494b-88ae-d9cd394b1fbb',
    'MailboxItem.ImportExport.All': '76577085-e73d-4f1d-b26a-85fb33892327',
    'MailboxItem.Read.All': '7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce',
    // Made up: nobody's document at hand has its id.
    'MailboxItem.ReadWrite.All': 'c6f0c0b5-0000-4000-8000-000000000365',
    'MailboxSettings.Read': '40f97065-369a-49f4-947c-6a255697ae91',
    'MailboxSettings.ReadWrite': '6931bccd-447a-43d1-b442-00a195474933',
    'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
    'Tasks.Read.All': 'f10e1f91-74ed-437f-a6fd-d6ae88e26c1f',
    'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  },
  [exchangeAppId]: { full_access_as_app: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40' },
}

/** The name of an app role of a resource. */
export const roleName = (resourceAppId: string, roleId: string): string | undefined =>
  Object.entries(appRoles[resourceAppId] ?? {}).find(([, id]) => id === roleId)?.[0]
