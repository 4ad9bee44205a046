from __future__ import annotations

from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax

LONE_BACKTICK = (
    "    useNativeAnimatedName: Boolean\n"
    "  ) {\n"
    "    super.init(handler.view!!.id)\n"
    "    extraData = createEventData(handler, dataExtractor)\n"
    "`    coalescingKey = handler.eventCoalescingKey\n"
    "    this.useTopPrefixedName = useNativeAnimatedName\n"
    "  }\n"
    "\n"
    "  override fun onDispose() {\n"
    "    extraData = null\n"
    "    EVENTS_POOL.release(this)\n"
    "        init(handler, dataExtractor, useTopPrefixedName)\n"
    "      }\n"
    "\n"
    "    fun createEventData(\n"
    "      dataBuilder: GestureHandlerEventDataBuilder<*>\n"
    "    ): WritableMap = Arguments.createMap().apply {\n"
    "      dataBuilder.buildEventData(this)\n"
    "    }\n"
    "  }\n"
    "}\n"
)


def test_a_lone_backtick_in_kotlin_comes_to_an_end() -> None:
    """Without a bound on the grammar's steps this never returns: the test's own time is the check."""
    assert Syntax.parse(LONE_BACKTICK, language_of("a.kt")).error_count() == 0
