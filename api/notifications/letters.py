"""How a mail looks: plain words, the same in quiet HTML, and one link."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from api.core.settings import Settings
from api.notifications.models import Mail

OPEN = "Open in Trellis"
TO_A_PERSON = "You get this e-mail because you have an account with Trellis at {home}."
TO_AN_ADDRESS = (
    "You get this e-mail because somebody gave this address to Trellis at {home}. "
    "If it was not meant for you, you need not do anything."
)


def letter(mail: Mail, settings: Settings) -> EmailMessage:
    """Write a mail as it leaves, to an address that has the form of one."""
    sender = settings.sender
    link, home = settings.link(mail.path or "/"), settings.link("/")
    why = (TO_A_PERSON if mail.person_id else TO_AN_ADDRESS).format(home=home)
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(sender.name, addr_spec=sender.address)
    made["To"] = mail.address
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = mail.message_id
    # Nobody's holiday notice should answer a machine.
    made["Auto-Submitted"] = "auto-generated"
    if mail.community_id:
        made["List-Id"] = f"<{mail.community_id.hex}.{sender.domain}>"
    words = mail.body or ""
    made.set_content(f"{words}\n\n{OPEN}: {link}\n\n-- \n{why}\n", cte="quoted-printable")
    made.add_alternative(_page(mail.subject, words, link, why), "html", cte="quoted-printable")
    return made


def _page(subject: str, words: str, link: str, why: str) -> str:
    paragraphs = "\n".join(f'<p style="margin:0 0 16px">{p}</p>' for p in _paragraphs(words))
    return _HTML.format(
        subject=escape(subject),
        paragraphs=paragraphs,
        link=escape(link),
        open=OPEN,
        why=escape(why),
    )


def _paragraphs(words: str) -> Iterator[str]:
    for paragraph in words.split("\n\n"):
        if paragraph.strip():
            yield escape(paragraph.strip()).replace("\n", "<br>\n")


# Mail programs know few styles, and only where they stand in the element itself.
_HTML = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:560px;margin:0 auto">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600">{subject}</h1>
{paragraphs}
<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;\
border-radius:6px;background:#11543d;color:#ffffff;text-decoration:none;font-weight:600">{open}</a></p>
<p style="margin:0 0 24px;font-size:14px;overflow-wrap:anywhere">{link}</p>
<hr style="border:0;border-top:1px solid #8885;margin:0 0 16px">
<p style="margin:0;font-size:14px">{why}</p>
</div>
</body>
</html>
"""
