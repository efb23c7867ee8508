import type { Metadata } from "next";
import { requirePrincipal } from "../../../server/principal.ts";
import { loadSettings, type SettingsView } from "../../../server/settings.ts";
import { ConfirmButton } from "../../../ui/confirm-button.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyList } from "../../../ui/empty-list.tsx";
import { Instant } from "../../../ui/instant.tsx";
import { KeyForm } from "../../../ui/key-form.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { auditWords } from "../../../view/audit-words.ts";
import styles from "./settings.module.css";

export const metadata: Metadata = { title: "Settings" };

/** SettingsPage shows an administrator the keys, the open sessions and who changed what. */
export default async function SettingsPage() {
  const principal = await requirePrincipal();
  const settings = await loadSettings(principal);
  return (
    <>
      <PageHead
        title="Settings"
        sentence="Keys of services, browsers that are signed in, and who changed what."
      />
      {settings === undefined ? (
        <EmptyList>Only an administrator may see keys, sessions and the audit log.</EmptyList>
      ) : (
        <>
          <KeysPanel settings={settings} />
          <SessionsPanel settings={settings} />
          <AuditPanel settings={settings} />
        </>
      )}
    </>
  );
}

function KeysPanel({ settings: { keys, madeAt } }: { settings: SettingsView }) {
  return (
    <Panel id="keys" title="API keys">
      <div className={styles["parts"]}>
        {keys.length > 0 && (
          <DataTable
            caption="API keys"
            columns={[
              { header: "Name" },
              { header: "Begins with" },
              { header: "May" },
              { header: "Made" },
              { header: "State" },
              { header: "Revoke" },
            ]}
            rows={keys.map((key) => ({
              key: key.id,
              cells: [
                key.name,
                <code key="prefix">{key.prefix}…</code>,
                key.scopes.join(", "),
                <Instant key="made" time={key.created_at} now={madeAt} />,
                key.revoked_at === undefined ? (
                  "Works"
                ) : (
                  <>
                    Revoked <Instant time={key.revoked_at} now={madeAt} />
                  </>
                ),
                key.revoked_at === undefined ? (
                  <ConfirmButton
                    key="revoke"
                    path={`/api/keys/${encodeURIComponent(key.id)}`}
                    words="Revoke"
                    asks="Really revoke?"
                    of={key.name}
                  />
                ) : (
                  "–"
                ),
              ],
            }))}
          />
        )}
        <details>
          <summary>New key</summary>
          <div className={styles["form"]}>
            <KeyForm name="" />
          </div>
        </details>
      </div>
    </Panel>
  );
}

function SessionsPanel({ settings: { sessions, madeAt } }: { settings: SettingsView }) {
  return (
    <Panel id="sessions" title="Signed-in browsers">
      <DataTable
        caption="Open sessions, newest first"
        columns={[{ header: "Person" }, { header: "Since" }, { header: "Until" }, { header: "Sign out" }]}
        rows={sessions.map(({ id, email, createdAt, expiresAt }) => ({
          key: id,
          cells: [
            email,
            <Instant key="since" time={createdAt} now={madeAt} precise />,
            <Instant key="until" time={expiresAt} now={madeAt} precise />,
            <ConfirmButton
              key="revoke"
              path={`/api/sessions/${encodeURIComponent(id)}`}
              words="Sign out"
              asks="Really sign out?"
              of={email}
            />,
          ],
        }))}
      />
    </Panel>
  );
}

function AuditPanel({ settings: { audit, madeAt } }: { settings: SettingsView }) {
  return (
    <Panel id="audit" title="Who changed what" note="the newest 100 changes">
      <DataTable
        caption="Changes, newest first"
        bounded
        columns={[{ header: "When" }, { header: "Who" }, { header: "What" }, { header: "Id" }]}
        rows={audit.map((entry) => ({
          key: `${entry.kind} ${entry.id} ${entry.at}`,
          cells: [
            <Instant key="when" time={entry.at} now={madeAt} precise />,
            entry.actor,
            auditWords(entry),
            <code key="id">{entry.id}</code>,
          ],
        }))}
      />
    </Panel>
  );
}
