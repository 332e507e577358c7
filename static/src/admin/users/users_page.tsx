import { UsersRound } from "lucide";

import { useClient } from "../../client";
import type { MemberView, RoleView } from "../../contract/types";
import { Button } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Empty, Skeleton } from "../../design/notice";
import { useLoad } from "../../net/use_load";
import { queryString } from "../../net/rest";
import { words } from "../../words";
import type { AdminPageProps } from "../pages";
import { useFound } from "../use_found";
import { UserFilters, queryOf, searchFrom, type UserSearch } from "./user_filters";
import { UserSheet } from "./user_sheet";
import { UsersTable } from "./users_table";

interface Page {
  users: MemberView[];
  has_more: boolean;
  total: number | null;
}

const AT_ONCE = 50;

/** Everybody with an account: found, listed, and one of them opened at the side. */
export function UsersPage({ id }: AdminPageProps) {
  const { rest, router } = useClient();
  const search = searchFrom(router.place.value.query);
  const asked = queryString(queryOf(search));
  const roles = useLoad(async (signal) => (await rest<RoleView[]>("GET", "/roles", { signal })).data, []);
  const found = useFound<MemberView>(
    async (last, signal) => {
      const query = { ...queryOf(search), limit: AT_ONCE, ...(last && { after: last.id }) };
      const { users, has_more, total } = (await rest<Page>("GET", "/users", { query, signal })).data;
      return { rows: users, hasMore: has_more, total };
    },
    [asked],
  );
  const open = (user: string | null): string => `/admin/users${user ? `/${user}` : ""}${asked}`;
  const change = (changes: Partial<UserSearch>): void =>
    router.go(`/admin/users${queryString(queryOf({ ...search, ...changes }))}`, { replace: true });

  return (
    <>
      <UserFilters search={search} roles={roles.data ?? []} onSearch={change} />
      {found.error && <LoadError error={found.error} onRetry={found.reload} />}
      {!found.error && !found.rows && <Skeleton lines={8} label={words.admin.opening} />}
      {!found.error && found.rows?.length === 0 && (
        <Empty icon={UsersRound} title={words.admin.users.none} hint={words.admin.users.noneHint} />
      )}
      {!found.error && found.rows && found.rows.length > 0 && (
        <>
          <p class="quiet" role="status">
            {words.admin.users.total(found.total)}
          </p>
          <UsersTable users={found.rows} roles={roles.data ?? []} addressOf={(user) => open(user.id)} />
          {found.hasMore && (
            <div class="admin-more">
              <Button busy={found.isLoading} onClick={found.more}>
                {words.actions.loadMore}
              </Button>
            </div>
          )}
        </>
      )}
      {id && (
        <UserSheet
          key={id}
          id={id}
          roles={roles.data ?? []}
          onClose={() => router.go(open(null), { replace: true })}
          onChanged={found.replace}
          onErased={() => {
            router.go(open(null), { replace: true });
            found.reload();
          }}
        />
      )}
    </>
  );
}
