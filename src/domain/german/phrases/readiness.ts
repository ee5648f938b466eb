/** What stands for or against moving mail into a mailbox. */
export const readiness: Readonly<Record<string, string>> = {
  'there is nobody of that name in the tenant': 'im Mandanten gibt es niemanden dieses Namens',
  'there is a mailbox': 'das Postfach ist da',
  'there is a mailbox ({0})': 'das Postfach ist da ({0})',
  'a licence with Exchange Online is assigned': 'eine Lizenz mit Exchange Online ist zugewiesen',
  'no licence with Exchange Online; shared and room mailboxes need none below 50 GB':
    'keine Lizenz mit Exchange Online; freigegebene und Raumpostfächer brauchen unter 50 GB keine',
  'no licence with Exchange Online any more: the mailbox of a person is deleted 30 days after it was taken away':
    'keine Lizenz mit Exchange Online mehr: das Postfach einer Person wird 30 Tage nach deren Entzug gelöscht',
  'licensed, but there is no mailbox: most likely an on-premises ExchangeGuid is synchronised, so that Exchange Online waits for a mailbox move and never makes one; else the mailbox still lives on-premises':
    'lizenziert, aber ohne Postfach: wahrscheinlich wird eine ExchangeGuid aus dem eigenen Haus synchronisiert, sodass Exchange Online auf einen Postfachumzug wartet und nie eines anlegt; sonst liegt das Postfach noch im eigenen Haus',
  'licensed, but there is no mailbox yet; making it takes minutes, seldom a day':
    'lizenziert, aber noch ohne Postfach; bis es angelegt ist, dauert es Minuten, selten einen Tag',
  'no licence with Exchange Online, and synchronised from on-premises: the mailbox may live there':
    'keine Lizenz mit Exchange Online, und aus dem eigenen Haus synchronisiert: das Postfach liegt vielleicht dort',
  'no licence with Exchange Online, so there is no mailbox': 'keine Lizenz mit Exchange Online, also kein Postfach',
  'inbox rules': 'Posteingangsregeln',
  '{0} inbox rule; rules are not migrated': '{0} Posteingangsregel; Regeln werden nicht migriert',
  '{0} inbox rules; rules are not migrated': '{0} Posteingangsregeln; Regeln werden nicht migriert',
  '{0} of the inbox rules forward or redirect mail': '{0} der Posteingangsregeln leiten E-Mail weiter oder um',
  'litigation and other holds': 'Beweissicherung und andere Aufbewahrungen',
  'retention policies that move old mail to the archive as soon as it is migrated, unless RetentionHoldEnabled is set':
    'Aufbewahrungsrichtlinien, die alte E-Mail ins Archiv schieben, sobald sie migriert ist, außer RetentionHoldEnabled ist gesetzt',
  'the archive mailbox': 'das Archivpostfach',
  'Recoverable Items': '„Wiederherstellbare Elemente“',
  'forwarding that an administrator set': 'Weiterleitungen, die ein Administrator gesetzt hat',
  'delegates and permissions': 'Stellvertreter und Berechtigungen',
  'the largest message it takes (35 MB unless set, 150 MB at most)':
    'die größte Nachricht, die es annimmt (35 MB, wenn nichts gesetzt ist, höchstens 150 MB)',
  'room left in the mailbox': 'freier Platz im Postfach',
}
