import { Title } from "../../ui/Title";

type Props = { title: string; lead: string; parts: readonly { title: string; text: readonly string[] }[] };

/** A page of plain words. */
export const Words = ({ title, lead, parts }: Props) => (
  <div class="wide">
    <Title>{title}</Title>
    <p class="lead">{lead}</p>
    {parts.map((part) => (
      <section key={part.title}>
        <h2>{part.title}</h2>
        {part.text.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </section>
    ))}
  </div>
);
