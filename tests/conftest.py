"""What every test folder may use."""

pytest_plugins = ["tests.engine_fixtures", "tests.toy.fixtures", "tests.seeded", "tests.service"]
