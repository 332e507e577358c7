"""Every table of the domain, in one place to compare a database with."""

from sqlmodel import SQLModel

import models.audit.tables
import models.identity.api_key_tables
import models.identity.invitation_tables
import models.identity.linked_tables
import models.identity.mailed_tables
import models.identity.registration_tables
import models.identity.second_factor_tables
import models.identity.tables
import models.log.tables
import models.recordings.tables
import models.rooms.poll_tables
import models.rooms.tables
import models.sessions.tables
import models.workers.tables  # noqa: F401

METADATA = SQLModel.metadata
