/** A campaign is shared with partners by two people, and what a partner sends back is judged. */
import { expect, test } from './fixtures';

/** One address that everybody has and one that nobody here shows. */
const BUNDLE = JSON.stringify({
  type: 'bundle',
  id: 'bundle--7a2b1c1e-58f0-4f5e-9f43-0f3f0a4b8f10',
  objects: ['8.8.8.8', '203.0.113.77'].map((address, n) => ({
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--3f1c2d4e-0000-4000-8000-00000000000${n}`,
    created: '2026-09-01T00:00:00.000Z',
    modified: '2026-09-01T00:00:00.000Z',
    pattern: `[ipv4-addr:value = '${address}']`,
    pattern_type: 'stix',
    valid_from: '2026-09-01T00:00:00Z',
    valid_until: '2099-01-01T00:00:00Z',
  })),
});

test('what leaves is seen before it is frozen, and leaves by a second person’s hand', async ({ signIn }) => {
  const analyst = await signIn('analyst');
  await analyst.goto('/clusters/3');
  // Buttons answer once the page has come alive.
  await analyst.waitForLoadState('networkidle');
  await analyst.getByRole('button', { name: 'Open a campaign…' }).click();
  await analyst.getByRole('dialog').getByLabel('Name').fill('Wave of the north');
  await analyst.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await analyst.getByRole('link', { name: 'Wave of the north' }).click();
  await analyst.getByRole('link', { name: 'Share with partners…' }).click();
  await expect(analyst.getByRole('heading', { name: /^What leaves/ })).toBeVisible();
  const out = analyst.getByRole('button', { name: /^Leave out / });
  const values = await out.count();
  await out.first().click();
  await expect(out).toHaveCount(values - 1);
  await analyst.getByLabel(/^Reason/).fill('Two partners see the same wave.');
  await analyst.getByRole('button', { name: 'Propose', exact: true }).click();
  await expect(analyst).toHaveURL(/\/campaigns\/shares\/\d+$/);
  await expect(analyst.getByText('somebody else has to approve it')).toBeVisible();
  const path = new URL(analyst.url()).pathname;

  const approver = await signIn('approver A');
  await expect(approver.getByRole('link', { name: /^Campaigns 1 to share/ })).toBeVisible();
  await approver.getByRole('link', { name: 'Waiting to be shared with partners' }).click();
  await approver.goto(path);
  await approver.waitForLoadState('networkidle');
  await approver.getByRole('button', { name: 'Approve…' }).click();
  const dialog = approver.getByRole('dialog');
  await dialog.getByLabel(/^Reason/).fill('Looked at each object.');
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  const download = approver.waitForEvent('download');
  await approver.getByRole('link', { name: 'Download the bundle' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);
});

test('a partner’s bundle: what would tie strangers together waits, and a person’s word can be taken back', async ({
  signIn,
}) => {
  const analyst = await signIn('analyst');
  await analyst.goto('/campaigns/partners');
  await analyst.waitForLoadState('networkidle');
  await analyst.getByRole('button', { name: 'Take in a bundle…' }).click();
  const dialog = analyst.getByRole('dialog');
  await dialog.getByLabel('Partner').fill('Partner “North” <b>');
  await dialog.getByLabel('File').setInputFiles({
    name: 'north.json',
    mimeType: 'application/json',
    buffer: Buffer.from(BUNDLE),
  });
  await dialog.getByRole('button', { name: 'Take in' }).click();
  await expect(analyst.getByText('2 indicators of Partner “North” <b>, 1 value held')).toBeVisible();

  const held = analyst.getByRole('region', { name: 'Held for review' }).getByRole('row', { name: '8.8.8.8' });
  await expect(held.getByText('a service that everybody uses')).toBeVisible();
  await held.getByRole('button', { name: 'Dispute…' }).click();
  await analyst
    .getByRole('dialog')
    .getByLabel(/^Reason/)
    .fill('A public resolver.');
  await analyst.getByRole('dialog').getByRole('button', { name: 'Dispute' }).click();
  await expect(held).toBeHidden();
  const decided = analyst.getByRole('region', { name: 'Decided' });
  const row = decided.getByRole('row', { name: /8\.8\.8\.8.*Disputed.*A public resolver/ });
  await expect(row.getByRole('button', { name: 'Let it count…' })).toBeVisible();
});
