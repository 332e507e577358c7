"""`convene grant`: the first administrator of a site."""

import httpx

from tests.cli.program import Site
from tests.identity.people import newcomer


def test_somebody_becomes_the_first_administrator(site_on_either: Site) -> None:
    site = site_on_either
    site.run("migrate")
    with site.serving() as server, httpx.Client(base_url=f"{server.address}/api/v1") as http:
        data = newcomer()
        signed_in = http.post("/auth/register", json=data).json()["data"]
        http.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
        assert http.get("/tenants").status_code == 403
        for _ in range(2):
            granted = site.run("grant", data["email"].upper())
            assert (granted.code, "is super_admin now" in granted.out) == (0, True), granted.err
        assert http.get("/tenants").status_code == 200
        assert "role:assigned" in http.get("/audit").text


def test_what_cannot_be_granted_is_said(site: Site) -> None:
    site.run("migrate")
    nobody = site.run("grant", "nobody@example.org")
    assert (nobody.code, "Nobody has an account" in nobody.err) == (1, True)
    unknown = site.run("grant", "nobody@example.org", "--role", "king")
    assert (unknown.code, "There is no role king" in unknown.err) == (1, True)
