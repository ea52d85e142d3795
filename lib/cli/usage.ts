/** What `weir` says of itself. */
export const USAGE = `usage: npm run -s weir -- COMMAND

  ingest FILE... [--format weir|litellm|otlp|mapped] [--mapping M.json] [--rejects F] [--preview] [--simulated]
                                               take in records, plain or .gz (.zst from Node 22.15 on); - is
                                               standard input; --preview shows the first rows and writes nothing
  detect [--window DAYS|all]                   one detection run over what is stored
  detect --backtest FILE                       what a change of detection's settings would do; FILE holds the fields
                                               that change, as {"minSize": 8}; nothing is applied
  clusters export                              clusters that are not dismissed, as NDJSON, best first
  lists import FILE --name N --type vpn|hosting|campus|T --source S --until YYYY-MM-DD
                                               a list of infrastructure that strangers share: networks, addresses and
                                               "kind,value" lines; takes the place of the list of the same name
  intel export --cluster ID | --campaign ID [--tlp LEVEL]
                                               a STIX 2.1 bundle, marked TLP:AMBER+STRICT unless told otherwise
                                               (clear, green, amber, amber+strict, red)
  intel import FILE --partner NAME             take in a partner's STIX 2.1 bundle, plain or .gz; - is standard input
  intel collect --title T [--description D] [--tlp LEVEL]
                                               make a TAXII collection under /taxii2/ and print its id; it serves what
                                               was approved, marked LEVEL (amber+strict) or wider
  intel grant --collection ID --key NAME [--read] [--write]
                                               what a partner's API key may do there; neither takes it out again
  forget ACCOUNT [--reason R]                  erase a person: everything that identifies the account's owner goes
                                               for good, and later records of it are refused
  audit export                                 the audit log as NDJSON, with its checkpoints
  audit verify [--checkpoint F]                verify the log in the database; F holds checkpoints kept elsewhere
  backup --out DIR                             copy the Postgres that comes with Weir while it works (WEIR_WAL_LEVEL=replica)
  simulate [--scale small|medium|full] [--seed N] [--knob NAME=VALUE]... --out DIR
                                               write a simulated world as records, and its truth; knobs turn its
                                               evasions (docs/simulated-world.md names them)
  users add --email E --role R [--name N]      add a user and print a one-time password
                                               (roles: viewer, analyst, approver, admin, auditor)
  keys add --name N [--scope records|taxii|metrics]... [--days D] [--per-minute R]
                                               add an API key and print it once; it opens POST /api/v1/records and
                                               /v1/traces unless told otherwise

State lies in .weir/ unless WEIR_STATE names another folder; DATABASE_URL names a Postgres to use instead.
`;

/** Thrown for wrong usage; the command line answers with exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
