"""Stories: which of many articles are copies of one another, and which report one event, as articles come and go."""

from retold.stories.changes import StoryChange
from retold.stories.fingerprints import fingerprint
from retold.stories.likeness import likeness
from retold.stories.memory import MemoryIndex, MemoryStore
from retold.stories.postings import Postings, PostingStore
from retold.stories.profile import Profile, make_profile, make_profiles
from retold.stories.reuse import LEAST_SHARED, Reuse, find_reuse
from retold.stories.stream import KeyIndex, Stories, StoryStore

__all__ = [
    "LEAST_SHARED",
    "KeyIndex",
    "MemoryIndex",
    "MemoryStore",
    "PostingStore",
    "Postings",
    "Profile",
    "Reuse",
    "Stories",
    "StoryChange",
    "StoryStore",
    "find_reuse",
    "fingerprint",
    "likeness",
    "make_profile",
    "make_profiles",
]
