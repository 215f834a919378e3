// A framed part of a screen, with a title where it has one.
import { type ReactNode } from 'react';

export default function Card({
  title,
  extra,
  className = '',
  children,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={`card ${className}`}>
      {(title || extra) && (
        <div className="card-head">
          <h2>{title}</h2>
          <span>{extra}</span>
        </div>
      )}
      <div className="card-body">{children}</div>
    </section>
  );
}
