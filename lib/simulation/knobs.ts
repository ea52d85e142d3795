/**
 * The evasions and other habits of the simulated world, each a number that can be turned. What is not turned is drawn
 * per seed from a range, so that nothing can be made to fit one world.
 */
import { Random } from './random';

interface KnobDescription {
  /** What it means, with its unit. */
  words: string;
  /** Drawn evenly between these when it is not given. */
  draws: readonly [low: number, high: number];
  allows: readonly [least: number, most: number];
}

const knob = (
  words: string,
  draws: KnobDescription['draws'],
  allows: KnobDescription['allows'] = [0, 1],
): KnobDescription => ({ words, draws, allows });

export const KNOBS = {
  campaigns: knob('size of all campaigns, as a multiple; 0 for a world without any', [1, 1], [0, 5]),
  'size-spread': knob(
    'how far the size of each group may lie from its scale, as a share',
    [0.2, 0.2],
    [0, 0.9],
  ),
  undeclared: knob('share of honest resellers, labs and agencies that do not say who they are', [0, 0]),
  pivot: knob('share of campaign work that moves to a new model within a day', [0.45, 0.7]),

  'hydra-customers': knob('share of real customers’ traffic in the hydra', [0.25, 0.35], [0, 0.95]),
  'hydra-addresses': knob('residential proxy addresses for each account of the hydra', [5, 12], [1, 200]),
  'hydra-residential': knob(
    'share of the hydra’s exchanges that come out of residential proxies',
    [0.65, 0.9],
  ),
  'hydra-card-seats': knob('accounts on one card of the hydra', [20, 45], [1, 20_000]),
  'hydra-device-seats': knob('accounts on one device of the hydra', [4, 9], [1, 20_000]),
  'hydra-phone-seats': knob('accounts on one phone of the hydra', [7, 14], [1, 20_000]),
  'hydra-card-share': knob('share of the hydra’s accounts that have a card', [0.72, 0.88]),
  'hydra-banned': knob(
    'share of the hydra’s early accounts that are banned and replaced',
    [0.08, 0.2],
    [0, 0.9],
  ),
  'hydra-replace-hours': knob('hours until a banned account is replaced, at most', [18, 40], [1, 500]),
  'hydra-fresh': knob('share of replacements that come with a card, phone and device of their own', [0, 0]),

  'farm-attendance': knob(
    'share of its scheduler’s bins that an account of a synchronized farm keeps',
    [0.85, 0.97],
  ),
  'farm-jitter-minutes': knob(
    'minutes by which a farm’s exchanges stray from their schedule',
    [0, 4],
    [0, 720],
  ),
  'farm-card-seats': knob('accounts on one card of the synchronized reasoning farm', [12, 30], [1, 20_000]),

  'harvest-paths': knob('access paths that the agentic harvest spreads over', [5, 5], [1, 5]),
  'harvest-programmes': knob(
    'share of the harvest’s accounts on education, research and start-up plans',
    [0.75, 1],
  ),
  'harvest-phone-seats': knob('accounts on one phone of the harvest', [5, 12], [1, 20_000]),
  'harvest-device-seats': knob('accounts on one device of the harvest', [3, 7], [1, 20_000]),

  'drip-forms': knob('ways in which the slow campaign’s task list words a task', [6, 18], [1, 500]),
  'drip-reworded': knob('share of the slow campaign’s tasks that are worded like no other', [0.1, 0.35]),
  'drip-overt': knob(
    'share of the slow campaign’s forms that ask for reasoning in so many words',
    [0.3, 0.6],
  ),
  'drip-shift-hours': knob(
    'hours after which the slow campaign hands over to its next account',
    [2, 6],
    [0.5, 48],
  ),
  'drip-team': knob('accounts that take turns in the slow campaign', [4, 8], [1, 100]),

  'mute-card-seats': knob('accounts on one card of the campaign without text', [8, 20], [1, 20_000]),
  'mute-device-seats': knob('accounts on one device of the campaign without text', [4, 9], [1, 20_000]),
  'mute-attendance': knob('share of its scheduler’s bins that an account of it keeps', [0.5, 0.8]),
} as const satisfies Record<string, KnobDescription>;

export type KnobName = keyof typeof KNOBS;
export type Knobs = Readonly<Record<KnobName, number>>;

/**
 * All knobs of a world: as given, else drawn by the seed; turning one leaves the others as they are.
 * @throws RangeError naming the knob when its value is not allowed.
 */
export function turnKnobs(seed: number, given: Partial<Knobs> = {}): Knobs {
  const entries = Object.entries(KNOBS).map(([name, { draws, allows }]) => {
    const value = given[name as KnobName] ?? new Random(seed, `knob/${name}`).between(...draws);
    if (!(value >= allows[0] && value <= allows[1])) {
      throw new RangeError(`${name} lies between ${allows[0]} and ${allows[1]}, not at ${value}`);
    }
    return [name, value];
  });
  return Object.fromEntries(entries) as Knobs;
}
