"""People and settings that two change at once: each change stands, and none undoes another's."""
import threading

import shop
from product import PASSWORD, main


class People(shop.ShopCase):
    def number_of(self, name):
        return next(p["id"] for p in self.server.get("/people", self.owner)["people"] if p["name"] == name)

    def change(self, number, change, who=None):
        return self.server.call("PATCH", "/people/%d" % number, change, who or self.owner)

    @staticmethod
    def at_once(*works):
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def test_who_is_made_inactive_stays_so_whatever_he_does_meanwhile(self):
        for i in range(4):
            who = self.server.invite(self.owner, "operator", [self.account], "op%d" % i)
            number = self.number_of(who.name)
            begun = threading.Event()

            def password():
                begun.set()
                self.server.call("POST", "/password", {"old": PASSWORD, "new": "another long password"}, who)

            def deactivate():
                begun.wait()
                self.assertEqual(self.change(number, {"active": False})[0], 204)

            self.at_once(password, deactivate)
            person = next(p for p in self.server.get("/people", self.owner)["people"] if p["id"] == number)
            self.assertFalse(person["active"])
            self.assertEqual(self.server.call("GET", "/accounts", None, who)[0], 401)

    def test_a_changed_password_is_not_put_back_by_a_change_of_role(self):
        who = self.server.invite(self.owner, "operator", [self.account], "op")
        number = self.number_of("op")
        roles = [lambda role=role: self.change(number, {"role": role}) for role in ("viewer", "operator") * 4]
        self.at_once(lambda: self.server.call("POST", "/password", {"old": PASSWORD, "new": "another long password"}, who), *roles)
        self.server.sign_in("op", "another long password")

    def test_two_owners_cannot_take_each_others_place(self):
        second = self.server.invite(self.owner, "owner", [], "second")
        numbers = {name: self.number_of(name) for name in ("owner", "second")}
        owners = {"owner": self.owner, "second": second}
        for _ in range(6):
            self.at_once(lambda: self.change(numbers["second"], {"role": "operator"}, owners["owner"]), lambda: self.change(numbers["owner"], {"role": "operator"}, owners["second"]))
            left = [name for name, in self.sql("SELECT name FROM person WHERE role = 'owner' AND active = 1")]
            self.assertGreaterEqual(len(left), 1)
            # The one that is left makes the other an owner again.
            last = self.server.sign_in(left[0])
            for name in numbers:
                if name not in left:
                    self.assertEqual(self.change(numbers[name], {"role": "owner"}, last)[0], 204)
            owners = {name: self.server.sign_in(name) for name in numbers}

    def test_two_tabs_of_settings_lose_nothing(self):
        path = "/accounts/%d/settings" % self.account
        channels = [channel["id"] for channel in self.server.get(path, self.owner)["channels"]][:8]
        self.assertGreaterEqual(len(channels), 6)
        statuses = []
        self.at_once(*[lambda id=id: statuses.append(self.server.call("PATCH", path, {"channels": {id: False}}, self.owner)[0]) for id in channels],
                     lambda: statuses.append(self.server.call("PATCH", path, {"base_currency": "CNY"}, self.owner)[0]))
        self.assertEqual(set(statuses), {200})
        settings = self.server.get(path, self.owner)
        self.assertEqual({channel["id"] for channel in settings["channels"] if not channel["on"]}, set(channels))
        self.assertEqual(settings["base_currency"], "CNY")

    def test_an_invitation_may_not_open_an_account_that_is_made_later(self):
        status, body, _ = self.server.call("POST", "/people", {"role": "viewer", "accounts": [self.account + 1]}, self.owner)
        if status not in (200, 201):
            return  # refused outright
        guest = self.server.accept(body["path"].split("#")[1], "guest")
        status, made, _ = self.server.call("POST", "/accounts", {"name": "later"}, self.owner)
        self.assertEqual(status, 201, made)
        self.assertEqual(self.server.call("GET", "/accounts/%d/plans" % made["id"], None, guest)[0], 404)


if __name__ == "__main__":
    main()
