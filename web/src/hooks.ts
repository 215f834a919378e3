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

// Jobs of the account: those that run are listened to, also after the page was loaded again.
export function useJobs() {
  const { account } = useDesk();
  const client = useQueryClient();
  const jobs = useAccount<{ jobs: Job[] }>('/jobs');
  const [live, setLive] = useState<Record<number, Job>>({});
  const open = (jobs.data?.jobs ?? []).filter((job) => job.state === 'queued' || job.state === 'running');
  const key = open.map((job) => job.id).join(',');
  useEffect(() => {
    const sources = key
      .split(',')
      .filter(Boolean)
      .map((id) => {
        const source = new EventSource(`/api/v1/accounts/${account}/jobs/${id}/events?lang=${lang()}`);
        const take = (event: MessageEvent<string>) => {
          const job = JSON.parse(event.data) as Job;
          setLive((before) => ({ ...before, [job.id]: job }));
        };
        source.addEventListener('progress', take);
        source.addEventListener('ended', (event) => {
          take(event as MessageEvent<string>);
          source.close();
          void client.invalidateQueries({ queryKey: ['account', account] });
        });
        return source;
      });
    return () => sources.forEach((source) => source.close());
  }, [key, account, client]);
  return { jobs: (jobs.data?.jobs ?? []).map((job) => live[job.id] ?? job), refetch: jobs.refetch };
}
