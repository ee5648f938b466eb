/** The steps of a domain's cutover, how each is done, and how it stands. */
export const cutover: Readonly<Record<string, string>> = {
  // titles
  'Test both connections': 'Beide Verbindungen testen',
  'Run the last delta on the old names': 'Das letzte Delta unter den alten Namen ausführen',
  'Lower the TTL of the MX records': 'Die TTL der MX-Einträge senken',
  'Find out who still uses the domain on the source': 'Herausfinden, wer die Domäne in der Quelle noch benutzt',
  'Turn directory synchronisation off on the source': 'Die Verzeichnissynchronisierung der Quelle abschalten',
  'Give the source’s users other sign-in names (UPN)': 'Den Benutzern der Quelle andere Anmeldenamen (UPN) geben',
  'Take every address in the domain away from the source': 'Der Quelle jede Adresse in der Domäne nehmen',
  'Remove the domain from the source': 'Die Domäne aus der Quelle entfernen',
  'Add the domain to the target and verify it': 'Die Domäne dem Ziel hinzufügen und bestätigen',
  'Give the target’s users their sign-in names and addresses': 'Den Benutzern des Ziels ihre Anmeldenamen und Adressen geben',
  'Point MX to the target': 'MX auf das Ziel zeigen lassen',
  'Point Autodiscover to the target': 'Autodiscover auf das Ziel zeigen lassen',
  'Declare the domain change': 'Den Domänenwechsel melden',
  'Reconfigure the source connection': 'Die Quellverbindung neu konfigurieren',
  'Reconfigure the target connection': 'Die Zielverbindung neu konfigurieren',
  'Refresh email addresses': 'E-Mail-Adressen auffrischen',
  'Run a delta': 'Ein Delta ausführen',
  Verify: 'Prüfen',
  'End the mirroring of deletions': 'Das Spiegeln von Löschungen beenden',
  // how
  'What a test records is what proves, after the move, that a connection still leads to the same organisation.':
    'Was ein Test vermerkt, beweist nach dem Umzug, dass eine Verbindung noch zur selben Organisation führt.',
  'What comes in later is carried over by the delta after the move.': 'Was später eintrifft, überträgt das Delta nach dem Umzug.',
  'Days before: other servers keep the old MX for as long as its TTL said when they asked. 300 to 3600 seconds are usual.':
    'Tage vorher: Andere Server behalten den alten MX so lange, wie seine TTL sagte, als sie fragten. Üblich sind 300 bis 3600 Sekunden.',
  'Have mail held or relayed meanwhile: between removing the domain and switching MX nobody takes it in.':
    'Lassen Sie E-Mail solange zurückhalten oder weiterleiten: Zwischen dem Entfernen der Domäne und dem Umstellen von MX nimmt sie niemand an.',
  'Groups, shared mailboxes, contacts, resources and addresses in subdomains count too, and aren’t in the jobs. Tick it when you know them all.':
    'Auch Gruppen, freigegebene Postfächer, Kontakte, Ressourcen und Adressen in Unterdomänen zählen, und sie stehen nicht in den Aufträgen. Haken Sie es ab, wenn Sie alle kennen.',
  'Get-MgDomainNameReference -DomainId {0}   lists users, groups and applications that refer to it.':
    'Get-MgDomainNameReference -DomainId {0}   listet Benutzer, Gruppen und Anwendungen auf, die sich darauf beziehen.',
  'The logins and aliases are in your mail server’s own tables.': 'Die Anmeldenamen und Aliase stehen in den Tabellen Ihres Mailservers.',
  'Only where accounts come from a directory on-premises: synchronised addresses can’t be changed in the cloud.':
    'Nur wo Konten aus einem Verzeichnis im eigenen Haus kommen: Synchronisierte Adressen lassen sich in der Cloud nicht ändern.',
  'Update-MgOrganization with OnPremisesSyncEnabled false; it can take up to 72 hours. Or change the names on-premises and let them synchronise.':
    'Update-MgOrganization mit OnPremisesSyncEnabled false; es kann bis zu 72 Stunden dauern. Oder ändern Sie die Namen im eigenen Haus und lassen Sie sie synchronisieren.',
  'UPNs first: to NAME@TENANT.onmicrosoft.com, the administrators’ too. From here on nobody signs in by the old name.':
    'Zuerst die UPNs: zu NAME@TENANT.onmicrosoft.com, auch die der Administratoren. Von hier an meldet sich niemand mehr mit dem alten Namen an.',
  'The account that consented to this or another tool’s application keeps its own domain until last, or it is locked out.':
    'Das Konto, das der Anwendung dieses oder eines anderen Werkzeugs zugestimmt hat, behält seine Domäne bis zuletzt, sonst wird es ausgesperrt.',
  'Give users another UPN suffix in Active Directory (Set-ADUser -UserPrincipalName), where they sign in by the domain.':
    'Geben Sie Benutzern im Active Directory ein anderes UPN-Suffix (Set-ADUser -UserPrincipalName), wo sie sich mit der Domäne anmelden.',
  'A service account that signs in by its short name (COMPANY\\user) isn’t touched by it.':
    'Ein Dienstkonto, das sich mit seinem kurzen Namen anmeldet (COMPANY\\user), berührt es nicht.',
  'Every address in the domain and its subdomains: users, shared mailboxes, groups, contacts, mail users, public folders.':
    'Jede Adresse in der Domäne und ihren Unterdomänen: Benutzer, freigegebene Postfächer, Gruppen, Kontakte, E-Mail-Benutzer, öffentliche Ordner.',
  'The primary address of a Microsoft 365 group has to be set to another one (Set-UnifiedGroup -PrimarySmtpAddress) before the old one goes.':
    'Die primäre Adresse einer Microsoft-365-Gruppe muss auf eine andere gesetzt werden (Set-UnifiedGroup -PrimarySmtpAddress), bevor die alte geht.',
  'SIP addresses in the domain, and identifier URIs of applications, hold it too.':
    'Auch SIP-Adressen in der Domäne und Bezeichner-URIs von Anwendungen halten sie fest.',
  'Change the email address policies first (Set-EmailAddressPolicy), or they give the addresses back.':
    'Ändern Sie zuerst die E-Mail-Adressrichtlinien (Set-EmailAddressPolicy), sonst geben sie die Adressen zurück.',
  'Then set other primary addresses and remove those in the domain: mailboxes, groups, contacts, public folders. Mailboxes that no policy governs (EmailAddressPolicyEnabled false) one by one.':
    'Setzen Sie dann andere primäre Adressen und entfernen Sie die in der Domäne: Postfächer, Gruppen, Kontakte, öffentliche Ordner. Postfächer ohne Richtlinie (EmailAddressPolicyEnabled false) einzeln.',
  'Remove-MgDomain -DomainId {0}, or in the admin centre. Try again for a while: references vanish with delay, minutes to a day.':
    'Remove-MgDomain -DomainId {0}, oder im Admin Center. Versuchen Sie es eine Weile lang: Bezüge verschwinden verzögert, nach Minuten bis zu einem Tag.',
  'forceDelete renames what is left, but fails above 1,000 objects and with multi-tenant applications, and its disableUserAccounts is true unless you say false: it disables the accounts it renames, also those that Mailferry reads with.':
    'forceDelete benennt um, was übrig ist, scheitert aber über 1.000 Objekten und an mandantenübergreifenden Anwendungen, und sein disableUserAccounts ist true, wenn Sie nicht false sagen: Es schaltet die umbenannten Konten ab, auch die, mit denen Mailferry liest.',
  'Exchange’s own references have to be gone before forceDelete.':
    'Die Bezüge von Exchange selbst müssen vor forceDelete verschwunden sein.',
  'Remove-AcceptedDomain. Or make it an internal relay to the target, where the old server goes on sending mail to the domain.':
    'Remove-AcceptedDomain. Oder machen Sie sie zum internen Relay zum Ziel, wo der alte Server weiter E-Mail an die Domäne sendet.',
  'A domain that stays authoritative keeps mail between colleagues on the old server: nobody else sees it.':
    'Eine Domäne, die autoritativ bleibt, hält E-Mail zwischen Kollegen auf dem alten Server fest: Niemand sonst sieht sie.',
  'Only when MX leads to the target, and no mail comes in any more: take the domain from the mail server’s list. Keep the logins for the last delta.':
    'Erst wenn MX zum Ziel führt und keine E-Mail mehr eintrifft: Nehmen Sie die Domäne von der Liste des Mailservers. Behalten Sie die Anmeldenamen für das letzte Delta.',
  'New-MgDomain, then the TXT record, then Confirm-MgDomain. It fails while another tenant has the domain.':
    'New-MgDomain, dann der TXT-Eintrag, dann Confirm-MgDomain. Es scheitert, solange ein anderer Mandant die Domäne hat.',
  'Test the connection afterwards: it records the accepted domains.':
    'Testen Sie danach die Verbindung: Sie vermerkt die akzeptierten Domänen.',
  'New-AcceptedDomain -DomainName {0} -DomainType Authoritative. Test the connection afterwards: it records the accepted domains.':
    'New-AcceptedDomain -DomainName {0} -DomainType Authoritative. Testen Sie danach die Verbindung: Sie vermerkt die akzeptierten Domänen.',
  'Add the domain to the mail server’s list, and to what it takes mail in for.':
    'Nehmen Sie die Domäne in die Liste des Mailservers auf, und in das, wofür er E-Mail annimmt.',
  'UPN and primary address in the domain (Update-MgUser, Set-Mailbox -WindowsEmailAddress), aliases after them.':
    'UPN und primäre Adresse in der Domäne (Update-MgUser, Set-Mailbox -WindowsEmailAddress), danach Aliase.',
  'Licences take addresses in unverified domains away: verify first.':
    'Lizenzen nehmen Adressen in unbestätigten Domänen weg: erst bestätigen.',
  'An email address policy for the domain (New-EmailAddressPolicy, Update-EmailAddressPolicy), or addresses one by one.':
    'Eine E-Mail-Adressrichtlinie für die Domäne (New-EmailAddressPolicy, Update-EmailAddressPolicy), oder Adressen einzeln.',
  'Logins and aliases in the domain.': 'Anmeldenamen und Aliase in der Domäne.',
  'Replies to old mail within the company need the old internal addresses too: mailferry job x500 NAME':
    'Antworten auf alte E-Mail innerhalb der Firma brauchen auch die alten internen Adressen: mailferry job x500 NAME',
  'MX as the admin centre names it (the domain with dashes, before .mail.protection.outlook.com or .mx.microsoft), SPF, DKIM and DMARC with it.':
    'MX, wie das Admin Center ihn nennt (die Domäne mit Bindestrichen, vor .mail.protection.outlook.com oder .mx.microsoft), dazu SPF, DKIM und DMARC.',
  'MX to the server, or the filter before it; SPF with it.': 'MX auf den Server oder den Filter davor; dazu SPF.',
  'MX to the server that takes mail in for it; SPF with it.': 'MX auf den Server, der dafür E-Mail annimmt; dazu SPF.',
  'Clients within the old domain ask the service connection point first: Set-ClientAccessService -AutoDiscoverServiceInternalUri.':
    'Clients in der alten Domäne fragen zuerst den Dienstverbindungspunkt: Set-ClientAccessService -AutoDiscoverServiceInternalUri.',
  'autodiscover.{0} as a CNAME to autodiscover.outlook.com.': 'autodiscover.{0} als CNAME auf autodiscover.outlook.com.',
  'autodiscover.{0} to the server, whose certificate has to name it.':
    'autodiscover.{0} auf den Server, dessen Zertifikat ihn nennen muss.',
  'Mailferry sends no secret where Autodiscover leads to since, until a person says so.':
    'Mailferry sendet kein Geheimnis dorthin, wohin Autodiscover seitdem führt, bis jemand es sagt.',
  'From here on, jobs of these connections aren’t started until each is reconfigured; it may be done as soon as the move begins.':
    'Von hier an werden Aufträge dieser Verbindungen nicht gestartet, bis jede neu konfiguriert ist; es darf geschehen, sobald der Umzug beginnt.',
  'The administrator’s new name, and the server’s address where it changed.':
    'Der neue Name des Administrators, und die Adresse des Servers, wo sie sich geändert hat.',
  'IMAP logins that changed are given in a CSV (old,new) with --csv, and proved by what lies in the mailboxes.':
    'Geänderte IMAP-Anmeldenamen werden in einer CSV-Datei (old,new) angegeben (--csv) und durch das bewiesen, was in den Postfächern liegt.',
  'Set "cutOver": true in the job’s plan: from then on people’s deletions at the old place delete nothing at the new one.':
    'Setzen Sie "cutOver": true im Plan des Auftrags: Von da an löscht, was Leute am alten Ort löschen, am neuen nichts mehr.',
  // how it stands
  'declared on {0}': 'gemeldet am {0}',
  'a check found it by itself': 'eine Prüfung hat es von selbst gefunden',
  'reconfigured on {0}': 'neu konfiguriert am {0}',
  'nothing of it depends on {0}': 'nichts davon hängt von {0} ab',
  'was never verified: test it first': 'wurde nie geprüft: erst testen',
  'it depends on {0}': 'sie hängt von {0} ab',
  'stop {0} first': 'erst {0} anhalten',
  'declare the change first, once the domain moves': 'erst den Wechsel melden, sobald die Domäne umzieht',
  'reconfigure {0} first': 'erst {0} neu konfigurieren',
  'reconfigure {0} and {1} first': 'erst {0} und {1} neu konfigurieren',
  'the domain hasn’t moved yet, as far as was said': 'die Domäne ist noch nicht umgezogen, soweit bekannt',
  'not since the domain moved': 'nicht, seit die Domäne umgezogen ist',
  'every address is known, on {0}': 'jede Adresse ist bekannt, am {0}',
  '{0} mailboxes were not found, or not for certain, on {1}': '{0} Postfächer wurden nicht oder nicht sicher gefunden, am {1}',
  'the delta comes first': 'erst kommt das Delta',
  'nothing different, on {0}': 'keine Abweichung, am {0}',
  '{0} items are different, on {1}': '{0} Elemente weichen ab, am {1}',
  'it deletes nothing on the target': 'er löscht im Ziel nichts',
  'it deletes nothing on the target any more': 'er löscht im Ziel nichts mehr',
  'it still carries deletions of the old mailboxes over': 'er überträgt noch Löschungen der alten Postfächer',
  'verified on {0}': 'geprüft am {0}',
  'was verified on {0}; stale since {1}': 'wurde am {0} geprüft; veraltet seit {1}',
  'not reached: {0}': 'nicht erreicht: {0}',
  'its sign-in is refused': 'ihre Anmeldung wird abgelehnt',
  'its sign-in is refused; it was verified on {0}': 'ihre Anmeldung wird abgelehnt; geprüft wurde sie am {0}',
  'was never verified, so that nothing is recorded that proves the organisation later':
    'wurde nie geprüft, sodass nichts vermerkt ist, was die Organisation später beweist',
  'has no mailboxes': 'hat keine Postfächer',
  '{0} of {1} mailboxes are not through': '{0} von {1} Postfächern sind nicht durch',
  'all {0} mailboxes are through since {1}': 'alle {0} Postfächer sind durch seit {1}',
  'the oldest of its runs was on {0}, too long before {1}': 'der älteste seiner Läufe war am {0}, zu lange vor {1}',
  now: 'jetzt',
  'the move began': 'dem Beginn des Umzugs',
  'the domain had moved': 'dem Umzug der Domäne',
  'DNS wasn’t asked yet': 'DNS wurde noch nicht gefragt',
  'DNS didn’t answer': 'DNS hat nicht geantwortet',
  'the MX records live {0} seconds': 'die MX-Einträge leben {0} Sekunden',
  '{0} with an address in {1}: {2}': '{0} mit einer Adresse in {1}: {2}',
  'none in a job': 'keiner in einem Auftrag',
  'in no job: {0}': 'in keinem Auftrag: {0}',
  '{0} and {1} more': '{0} und {1} weitere',
  'none of the jobs’ mailboxes has an address in {0} any more; {1} had':
    'keines der Postfächer der Aufträge hat noch eine Adresse in {0}; {1} hatten eine',
  'no mailbox of the jobs has an address in {0}': 'kein Postfach der Aufträge hat eine Adresse in {0}',
  'its kind of server knows nothing of this': 'diese Art von Server kennt das nicht',
  'only you know; tick it when it is done': 'nur Sie wissen es; haken Sie es ab, wenn es getan ist',
  'ticked on {0}': 'abgehakt am {0}',
  'its accepted domains aren’t known': 'ihre akzeptierten Domänen sind nicht bekannt',
  '{0} was among its accepted domains on {1}': '{0} war am {1} unter ihren akzeptierten Domänen',
  '{0} was not among its accepted domains on {1}': '{0} war am {1} nicht unter ihren akzeptierten Domänen',
  'MX leads to {0}': 'MX führt zu {0}',
  nowhere: 'nirgendwohin',
  'IMAP has no Autodiscover': 'IMAP hat kein Autodiscover',
  'leads to {0}; tick it when clients find the new servers': 'führt zu {0}; haken Sie es ab, wenn Clients die neuen Server finden',
  'tick it when clients find the new servers': 'haken Sie es ab, wenn Clients die neuen Server finden',
  'leads to {0}; ticked on {1}': 'führt zu {0}; abgehakt am {1}',
  'still leads to {0}, as recorded for {1}': 'führt noch zu {0}, wie für {1} vermerkt',
}
