/** What is wrong with a field of a plan, beside it in a form. */
export const fields: Readonly<Record<string, string>> = {
  'not a date such as 2024-01-31': 'kein Datum wie 2024-01-31',
  'not a time such as 2026-01-31T20:00:00Z': 'keine Zeit wie 2026-01-31T20:00:00Z',
  'not a time of day such as 22:00': 'keine Uhrzeit wie 22:00',
  'not a time zone such as Europe/Berlin': 'keine Zeitzone wie Europe/Berlin',
  'to must be later than from; make two windows of one that crosses midnight':
    'to muss später sein als from; machen Sie zwei Zeitfenster aus einem, das über Mitternacht geht',
  'not a SHA-256 fingerprint (64 hexadecimal digits)': 'kein SHA-256-Fingerabdruck (64 hexadezimale Ziffern)',
  'neither a host name, with a port perhaps, nor an https:// address':
    'weder ein Hostname, vielleicht mit Port, noch eine Adresse mit https://',
  'not an https:// address': 'keine Adresse mit https://',
  'not a host name; leave out the protocol, the port and the path': 'kein Hostname; lassen Sie Protokoll, Port und Pfad weg',
  'not a port from 1 to 65535': 'kein Port von 1 bis 65535',
  'one of imap, exchange, office365': 'eines von imap, exchange, office365',
  'invalid option: expected one of {0}': 'eines von {0} wird erwartet',
  'too small: expected number to be >={0}': 'zu klein: mindestens {0}',
  'too small: expected number to be >{0}': 'zu klein: größer als {0}',
  'too big: expected number to be <={0}': 'zu groß: höchstens {0}',
  'too big: expected number to be <{0}': 'zu groß: kleiner als {0}',
  'too small: expected string to have >={0} characters': 'zu kurz: mindestens {0} Zeichen',
  'too small: expected array to have >={0} items': 'zu wenige: mindestens {0}',
  'expected number, received {0}': 'eine Zahl wird erwartet',
  'expected int, received {0}': 'eine ganze Zahl wird erwartet',
  'expected string, received {0}': 'ein Text wird erwartet',
  'expected array, received {0}': 'eine Liste wird erwartet',
  'is missing': 'fehlt',
}
