import { workspace } from 'vscode'
import type { SettingName, SettingValue } from '../commands/settings.ts'

/** A setting's value of now; the manifest gives its default. */
export function setting<Of extends SettingName>(name: Of): SettingValue<Of> {
  const value = workspace.getConfiguration().get<SettingValue<Of>>(name)
  if (value === undefined) throw new RangeError(`${name} is not in the manifest`)
  return value
}
