import { me } from "../../me";
import { settings as t } from "../../text/en/identity";
import { PageParts, type Part } from "../../ui/PageParts";
import { Title } from "../../ui/Title";
import { MyCommunities } from "./settings/MyCommunities";
import { Password } from "./settings/Password";
import { Preferences } from "./settings/Preferences";
import { Profile } from "./settings/Profile";
import { SignIns } from "./settings/SignIns";
import { Tokens } from "./settings/Tokens";

export default function Settings() {
  const person = me.value;
  if (!person) return null;
  const parts: Part[] = [
    { id: "profile", title: t.profile.title, content: <Profile person={person} /> },
    { id: "communities", title: t.memberships.title, content: <MyCommunities /> },
    { id: "preferences", title: t.preferences.title, content: <Preferences person={person} /> },
    {
      id: "password",
      title: t.password.title,
      content: <Password hasOne={person.has_password} email={person.email} />,
    },
    { id: "sign-ins", title: t.signIns.title, content: <SignIns zone={person.timezone} /> },
    { id: "tokens", title: t.tokens.title, content: <Tokens zone={person.timezone} /> },
  ];
  return (
    <div class="wide stack">
      <div>
        <Title>{t.title}</Title>
        <p class="lead">{t.lead}</p>
      </div>
      <PageParts parts={parts} />
    </div>
  );
}
