/** Numbers of things, as other phrases are filled in with them. */
export const units: Readonly<Record<string, string>> = {
  '{0} message': '{0} Nachricht',
  '{0} messages': '{0} Nachrichten',
  '{0} item': '{0} Element',
  '{0} items': '{0} Elemente',
  '{0} folder': '{0} Ordner',
  '{0} folders': '{0} Ordner',
  '{0} byte': '{0} Byte',
  '{0} bytes': '{0} Byte',
  '{0} second': '{0} Sekunde',
  '{0} seconds': '{0} Sekunden',
}
