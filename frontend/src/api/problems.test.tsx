import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TextField } from "../ui/fields";
import { Form } from "../ui/form";
import { Refusal } from "./client";
import { faultsOf, sentenceOf, useSending } from "./problems";

const refusal = (status: number, more: object = {}) =>
  new Refusal({ type: "x", title: "Title", status, ...more });

describe("a refusal in words", () => {
  it("names the field without the part of the request it stood in", () => {
    const errors = [
      { at: "body/agenda/0/title", detail: "a" },
      { at: "query/limit", detail: "b" },
      { at: "body", detail: "c" },
    ];
    expect(faultsOf(refusal(422, { errors })).map(({ at }) => at)).toEqual(["agenda/0/title", "limit", ""]);
  });

  it("says what to do next", () => {
    expect(sentenceOf(refusal(0))).toContain("when the network is back");
    expect(sentenceOf(refusal(412))).toContain("Somebody else changed this");
    expect(sentenceOf(refusal(409, { detail: "The room is full." }))).toBe("The room is full.");
    expect(sentenceOf(refusal(500, { request_id: "abc" }))).toContain("abc");
  });
});

describe("a form", () => {
  let host: HTMLElement;
  beforeEach(() => {
    host = document.createElement("div");
    document.body.append(host);
  });
  afterEach(() => {
    render(null, host);
    host.remove();
  });

  function Probe({ send }: { send: () => Promise<void> }) {
    const { form } = useSending(send);
    return (
      <Form {...form}>
        <TextField name="name" label="Name" required />
        <button>Save</button>
      </Form>
    );
  }

  const submit = () =>
    act(async () => {
      host
        .querySelector("form")
        ?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    });

  it("asks for what is missing before it sends anything", async () => {
    let sent = 0;
    act(() =>
      render(
        <Probe
          send={async () => {
            sent += 1;
          }}
        />,
        host,
      ),
    );
    await submit();
    expect(sent).toBe(0);
    expect(host.querySelector(".error-summary")?.textContent).toContain("Fill in “Name”.");
    expect(document.activeElement).toBe(host.querySelector(".error-summary"));
    expect(host.querySelector("input")?.getAttribute("aria-invalid")).toBe("true");
  });

  it("shows the problem of the API at its field and in the summary, and keeps what was written", async () => {
    const errors = [{ at: "body/name", detail: "is taken" }];
    act(() => render(<Probe send={() => Promise.reject(refusal(422, { errors }))} />, host));
    const input = host.querySelector("input") as HTMLInputElement;
    input.value = "Peer support";
    await submit();
    expect(host.querySelector(".error-summary a")?.textContent).toBe("Name: is taken");
    expect(host.querySelector(".field .error")?.textContent).toBe("is taken");
    expect(input.value).toBe("Peer support");
    expect(input.getAttribute("aria-describedby")).toContain("fault");
  });

  it("stays, with what was written, when the person was signed out meanwhile", async () => {
    act(() => render(<Probe send={() => Promise.reject(refusal(401))} />, host));
    (host.querySelector("input") as HTMLInputElement).value = "A long text";
    await submit();
    expect(host.querySelector(".error-summary a")?.getAttribute("target")).toBe("_blank");
    expect(host.querySelector("input")?.value).toBe("A long text");
  });

  it("says in the summary what belongs to no field", async () => {
    act(() =>
      render(<Probe send={() => Promise.reject(refusal(409, { detail: "The room is full." }))} />, host),
    );
    (host.querySelector("input") as HTMLInputElement).value = "x";
    await submit();
    expect(host.querySelector(".error-summary p")?.textContent).toBe("The room is full.");
  });
});
