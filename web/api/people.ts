import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSay } from '../text/say.ts';
import { KEYS } from './cache.ts';
import * as calls from './calls.ts';

/** Accounts asked for since this page was opened; one that has no name is not asked for again and again. */
const asked = new Set<string>();

/** Names of accounts in the person's language. The list is asked again when an account appears that it does not know. */
export const useNames = (accounts: readonly string[]): ((account: string) => string) => {
  const say = useSay();
  const cache = useQueryClient();
  const people = useQuery({
    queryKey: KEYS.people,
    queryFn: async () => (await calls.people()).names,
    staleTime: Infinity,
  });
  const names = people.data;
  const unknown = names === undefined ? [] : accounts.filter((one) => names[one] === undefined && !asked.has(one));
  const news = unknown.join(' ');
  useEffect(() => {
    if (news === '') return;
    for (const account of news.split(' ')) asked.add(account);
    void cache.invalidateQueries({ queryKey: KEYS.people });
  }, [cache, news]);
  return (account) => {
    const name = names?.[account];
    return name === undefined ? account : say(name);
  };
};
