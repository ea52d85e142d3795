import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AccountFacts } from '@/components/appeals/account-facts';
import { AppealCase } from '@/components/appeals/appeal-case';
import { AppealRail } from '@/components/appeals/appeal-rail';
import { AppealStateMark } from '@/components/appeals/appeal-state';
import { plainLines } from '@/components/enforcement/plain-lines';
import { PageHeader } from '@/components/shell/page-header';
import { Ago } from '@/components/ui/ago';
import { RawText } from '@/components/ui/raw-text';
import { requirePerson } from '@/lib/access/current-person';
import type { Person } from '@/lib/access/schema';
import type { AppealDetail } from '@/lib/enforcement/appeal-schema';
import { getAppeal } from '@/lib/enforcement/get-appeal';
import { AppError } from '@/lib/errors';
import { assignAppealAction, decideAppealAction } from '../actions';
import '@/components/enforcement/enforcement.css';
import '@/components/accounts/accounts.css';
import '@/components/appeals/appeals.css';

interface Props {
  params: Promise<{ number: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `AP-${(await params).number}` };
}

export default async function AppealPage({ params }: Props) {
  const person = await requirePerson();
  const appeal = await read(person, (await params).number);
  return (
    <>
      <PageHeader crumbs={[{ label: 'Appeals', href: '/appeals' }, { label: `AP-${appeal.number}` }]} />
      <section className="p-hero">
        <div className="p-hero-top">
          <h1>
            <RawText>{appeal.accountId}</RawText>
          </h1>
          <span className="mute">AP-{appeal.number}</span>
          <AppealStateMark state={appeal.state} taken={appeal.assignee !== null} />
          <span className="push small mute">
            came in <Ago at={appeal.receivedAt} ago />
          </span>
        </div>
      </section>
      <div className="p-cols">
        <div className="p-content">
          <Letter appeal={appeal} />
          <AppealCase appeal={appeal} />
        </div>
        <aside className="rail" aria-label="Decision and account">
          <AppealRail appeal={appeal} actions={{ assign: assignAppealAction, decide: decideAppealAction }} />
          <AccountFacts appeal={appeal} />
        </aside>
      </div>
    </>
  );
}

function Letter({ appeal }: { appeal: AppealDetail }) {
  return (
    <section className="panel" aria-labelledby="letter-title">
      <header>
        <h2 id="letter-title">What the owner says</h2>
        <span className="small mute">as the provider passed it on</span>
        <span className="push small mute">
          <RawText>{appeal.id}</RawText>
        </span>
      </header>
      <div className="body">
        {appeal.text === null ? (
          <p className="mute">{appeal.sensitive ? 'Without words.' : 'Your role does not see its words.'}</p>
        ) : (
          <p className="ap-letter" dir="auto">
            {plainLines(appeal.text)}
          </p>
        )}
      </div>
    </section>
  );
}

async function read(person: Person, text: string): Promise<AppealDetail> {
  if (!/^\d{1,9}$/.test(text)) notFound();
  try {
    return await getAppeal(person, Number(text));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
