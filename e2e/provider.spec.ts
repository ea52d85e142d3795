/** Who carries actions out: the provider's settings, by an administrator and by those who only read. */
import { webhookReceiver } from '@/lib/enforcement/providers/testing/receivers';
import { expect, expectAccessible, test } from './fixtures';

test('an administrator connects a webhook, sees its answer, rotates the secret; others read without secrets', async ({
  signIn,
}) => {
  let secret = '';
  await using receiver = await webhookReceiver(() => secret);
  const admin = await signIn('admin');
  await admin.goto('/settings');
  const panel = admin.getByRole('region', { name: 'Provider' });
  const save = async () => {
    await panel.getByLabel(/Reason/).fill('The proxy moved.');
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByRole('button', { name: 'Save' })).toBeHidden();
  };
  try {
    await panel.getByRole('radio', { name: /Signed webhook/ }).check();
    await panel.getByLabel('Address').fill('https://169.254.169.254/latest');
    await panel.getByLabel(/Reason/).fill('The proxy moved.');
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByText(/would never call this address/)).toBeVisible();
    await panel.getByLabel('Address').fill(receiver.url);
    await save();

    for (const name of ['Make the secret…', 'Rotate…']) {
      await panel.getByRole('button', { name }).click();
      const dialog = admin.getByRole('dialog');
      await dialog.getByLabel(/Reason/).fill('A new receiver.');
      await dialog.getByRole('button', { name: /^(Make it|Rotate)$/ }).click();
      const shown = dialog.getByLabel('Signing secret');
      await expect(shown).toHaveValue(/^whsec_/);
      const next = await shown.inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      if (name === 'Make the secret…') secret = next;
      // After the rotation the receiver still holds the older one: both sign.
      await panel.getByRole('button', { name: 'Send a test' }).click();
      await expect(panel.getByText('It took the signed message and answered as agreed.')).toBeVisible();
      expect(await admin.content()).not.toContain(next);
    }
    await expect(panel.getByText(/ends in/)).toBeVisible();
    secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
    await panel.getByRole('button', { name: 'Send a test' }).click();
    await expect(panel.getByText(/401/).first()).toBeVisible();

    const notices = admin.getByRole('region', { name: 'Notices' });
    await notices.getByLabel('Words').fill('Closed: {account} <b>{reason}</b>');
    const preview = notices.getByRole('region', { name: 'Preview' });
    await expect(
      preview.getByText('Closed: acct_41f0 <b>Systematic extraction of model output</b>'),
    ).toBeVisible();
    await notices.getByRole('button', { name: 'Put back' }).click();
    await expectAccessible(admin);

    const viewer = await signIn('viewer');
    await viewer.goto('/settings');
    const read = viewer.getByRole('region', { name: 'Provider' });
    await expect(read.getByText('Signed webhook')).toBeVisible();
    await expect(read.getByRole('button')).toHaveCount(0);
    await expect(viewer.getByText('The proxy moved.')).toBeVisible();
    expect(await viewer.content()).not.toContain('whsec_');
  } finally {
    // The specs share a desk: what comes after acts on the sandbox.
    await admin.goto('/settings');
    await panel.getByRole('radio', { name: /Sandbox/ }).check();
    if (await panel.getByRole('button', { name: 'Save' }).isVisible()) await save();
  }
});
