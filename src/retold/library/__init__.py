"""The library: articles that are kept, their stories, and what can be asked across all of them."""

from retold.library.adding import Added
from retold.library.errors import LibraryError
from retold.library.library import Library
from retold.library.selecting import Wanted
from retold.library.storing import Outcome
from retold.library.story_list import NotedChange, Story, StoryArticle, StoryPage

__all__ = ["Added", "Library", "LibraryError", "NotedChange", "Outcome", "Story", "StoryArticle", "StoryPage", "Wanted"]
