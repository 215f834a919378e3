// A short table, as it stands in the page.
import { type ReactNode } from 'react';

export interface PlainColumn<T> {
  head: string;
  cell: (row: T) => ReactNode;
  right?: boolean;
}

export default function Plain<T>({ rows, columns, id }: { rows: T[]; columns: PlainColumn<T>[]; id: (row: T) => string }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={columns.map((c) => c.head).join(', ')}>
      <table className="plain">
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.head} scope="col" className={c.right ? 'right' : ''}>
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={id(row)}>
              {columns.map((c) => (
                <td key={c.head} className={c.right ? 'right' : ''}>
                  {c.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
