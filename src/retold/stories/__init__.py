"""Stories: the articles about one event, kept up to date as articles come and go."""

from retold.stories.changes import StoryChange
from retold.stories.likeness import likeness
from retold.stories.memory import MemoryIndex, MemoryStore
from retold.stories.profile import Profile, make_profile, make_profiles
from retold.stories.stream import KeyIndex, Stories, StoryStore

__all__ = [
    "KeyIndex",
    "MemoryIndex",
    "MemoryStore",
    "Profile",
    "Stories",
    "StoryChange",
    "StoryStore",
    "likeness",
    "make_profile",
    "make_profiles",
]
