'use client';

import { useEffect, useState } from 'react';
import { formatCount } from '@/components/ui/format';

interface Section {
  id: string;
  label: string;
  count?: number;
}

/** The page's sections as anchors; the one that is being read is marked. */
export function SectionTabs({ sections }: { sections: Section[] }) {
  const [current, setCurrent] = useState(sections[0]?.id);
  useEffect(() => {
    const find = () => {
      const line = 120;
      const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
      const passed = sections.filter(({ id }) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < line;
      });
      setCurrent(((end && window.scrollY > 0 ? sections.at(-1) : passed.at(-1)) ?? sections[0])?.id);
    };
    find();
    window.addEventListener('scroll', find, { passive: true });
    return () => window.removeEventListener('scroll', find);
  }, [sections]);
  return (
    <nav className="cl-sub" aria-label="Sections">
      <div className="tabs">
        {sections.map(({ id, label, count }) => (
          <a key={id} href={`#${id}`} aria-current={current === id ? 'true' : undefined}>
            {label}
            {count !== undefined && <span>{formatCount(count)}</span>}
          </a>
        ))}
      </div>
    </nav>
  );
}
