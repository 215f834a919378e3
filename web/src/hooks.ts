import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import { ask, type Job, type Session } from './api';
import { lang } from './lang';

export interface Desk {
  session: Session;
  account: number;
  dark: boolean;
}
export const DeskContext = createContext<Desk | null>(null);
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('outside of the desk');
  return desk;
}
export const mayChange = (session: Session): boolean => session.role !== 'viewer';

// An answer about the account, kept by language.
export function useAccount<T>(path: string, enabled = true) {
  const { account } = useDesk();
  return useQuery({
    queryKey: ['account', account, lang(), path],
    queryFn: ({ signal }) => ask<T>(`/accounts/${account}${path}`, 'GET', undefined, signal),
    enabled,
  });
}

// Jobs of the account, listened to over one connection however many there are: a browser has six for a server.
export function useJobs() {
  const { account } = useDesk();
  const client = useQueryClient();
  const jobs = useAccount<{ jobs: Job[] }>('/jobs');
  const [live, setLive] = useState<Record<number, Job>>({});
  const busy = (jobs.data?.jobs ?? []).some(isOpen);
  useEffect(() => {
    if (!busy) return;
    const source = new EventSource(`/api/v1/accounts/${account}/events?lang=${lang()}`);
    const again = () => void client.invalidateQueries({ queryKey: ['account', account] });
    const take = (event: Event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job;
      setLive((before) => ({ ...before, [job.id]: job }));
    };
    source.addEventListener('progress', take);
    source.addEventListener('ended', (event) => {
      take(event);
      again();
    });
    // Nothing is open any more: what ended before we listened is in the list.
    source.addEventListener('idle', () => {
      source.close();
      again();
    });
    return () => source.close();
  }, [busy, account, client]);
  const listed = jobs.data?.jobs ?? [];
  const told = Object.values(live).filter((job) => !listed.some((other) => other.id === job.id));
  const all = [...told.sort((a, b) => b.id - a.id), ...listed.map((job) => newer(job, live[job.id]))];
  return { jobs: all, refetch: jobs.refetch };
}

// What was heard of a job, unless the list knows its end already.
const isOpen = (job: Job): boolean => job.state === 'queued' || job.state === 'running';
const newer = (listed: Job, heard: Job | undefined): Job => (heard && isOpen(listed) ? heard : listed);
