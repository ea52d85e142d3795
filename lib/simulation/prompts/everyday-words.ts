/** What ordinary people ask about. */

const THINGS =
  `sourdough bread;my balcony tomatoes;a leaking tap;the Lisbon trip;my sister's wedding;a used bicycle;Spanish verbs;
chess openings;a studio flat;my cover letter;the school play;a knee injury;trail running;a birthday cake;our allotment;guitar chords;
a noisy neighbour;the car insurance;my landlord;a book club;the garden fence;a job interview;home brewing;the electricity bill;
watercolour paper;a rescue dog;winter tyres;the history exam;a podcast intro;my thesis chapter;the budget sheet;a camping stove;
sleep problems;night photography;the choir tour;a board game;vegan lunches;the parents' evening;a fantasy novel;coffee grinders;
the broken dishwasher;a mortgage;my nephew's essay;stage fright;the village fair;linear algebra homework;an old radio;swim training;
the office party;a house plant;pension letters;my migraine;the ferry timetable;a sewing pattern;the club newsletter;a piano exam`
    .split(/;\s*/)
    .map((thing) => thing.trim());

const PLACES =
  `Leeds;Porto;Graz;Kisumu;Osaka;Austin;Ghent;Lyon;Pune;Recife;Bergen;Hobart;Tartu;Quito;Galway;Turin;Malmö;Denver;Kraków`
    .split(';')
    .map((place) => place.trim());

const KINDS =
  `email;speech;poem;toast;letter;plan;schedule;shopping list;complaint;invitation;caption;recipe;itinerary;note;post;quiz`.split(
    ';',
  );

const PEOPLE =
  `my boss;my mum;a friend;the council;our neighbours;my flatmate;the coach;a customer;my daughter;the bank;a stranger`.split(
    ';',
  );

const FEELINGS =
  `nervous;tired;excited;fed up;curious;stuck;late;broke;new here;proud;confused;in a hurry;sceptical;hopeful`.split(
    ';',
  );

const FILES =
  `parser;invoice;session;router;cart;mailer;cache;upload;billing;search;locale;avatar;ledger;webhook;calendar;queue`.split(
    ';',
  );

const TROUBLES =
  `hangs on startup;drops the last row;fails on Windows;leaks memory;returns twice;ignores the timeout;breaks on umlauts;
prints nothing;deadlocks under load;rounds wrongly;loses the cookie;sorts backwards;double-counts refunds;swallows exceptions`
    .split(/;\s*/)
    .map((trouble) => trouble.trim());

const LANGUAGES = `Python;TypeScript;Go;Rust;Java;Ruby;C#;Kotlin;SQL;Bash`.split(';');

/** The words behind `<name>` in everyday sentences. */
export const EVERYDAY_WORDS: Readonly<Record<string, readonly string[]>> = {
  thing: THINGS,
  place: PLACES,
  kind: KINDS,
  person: PEOPLE,
  feeling: FEELINGS,
  file: FILES,
  trouble: TROUBLES,
  language: LANGUAGES,
  number: ['2', '3', '4', '5', '7', '10', '12', '20', '30', '45', '90', '150', '400'],
  day: ['Monday', 'Tuesday', 'Friday', 'Sunday', 'tomorrow', 'next month', 'Easter', 'tonight'],
};
