"""The worker processes of a site, as the database knows them while Redis cannot say."""
