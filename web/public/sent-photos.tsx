import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { unreadable } from '../api/problem.ts';
import { M } from '../text/matter-words.ts';
import { useSay } from '../text/say.ts';
import { Icon } from '../ui/icon.tsx';

/** A photo of a report, by the receipt. That is a secret: it goes in a header, so no address of the picture holds it. */
const fetchPhoto = async (receipt: string, file: string): Promise<string> => {
  const response = await fetch(`/api/public/files/${encodeURIComponent(file)}`, { headers: { 'x-receipt': receipt } });
  if (!response.ok) throw unreadable(response.status);
  return URL.createObjectURL(await response.blob());
};

/** The photos the reporter sent, as they are kept. */
export const SentPhotos = (props: { readonly receipt: string; readonly files: readonly string[] }): ReactNode => (
  <span className="photos">
    {props.files.map((file) => (
      <SentPhoto key={file} receipt={props.receipt} file={file} />
    ))}
  </span>
);

const SentPhoto = ({ receipt, file }: { readonly receipt: string; readonly file: string }): ReactNode => {
  const say = useSay();
  const photo = useQuery({
    queryKey: ['sent-photo', file],
    queryFn: () => fetchPhoto(receipt, file),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return (
    <span className="file">
      {photo.data === undefined ? <Icon name="photo" size={24} /> : <img src={photo.data} alt={say(M.photo)} />}
    </span>
  );
};
