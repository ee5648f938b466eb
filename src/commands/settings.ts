/** What can be set, as the manifest has it. Descriptions are `setting.<name>` in `package.nls.json`. */
export const settings = {
  'mailferry.ledger': { type: 'string', default: '', scope: 'machine' },
  'mailferry.checkConnectionsEvery': { type: 'number', default: 60, minimum: 0, maximum: 10_080, scope: 'application' },
} as const

export type SettingName = keyof typeof settings
export type SettingValue<Of extends SettingName> = (typeof settings)[Of]['type'] extends 'number' ? number : string
