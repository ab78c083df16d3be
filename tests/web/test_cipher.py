"""The lock of what a phone has on its disk: `static/js/cipher.js`, as Node runs it."""

import json
import subprocess
from typing import Any

from tests.support.server import ROOT

KEY = bytes(range(32)).hex()


def node(script: str) -> Any:
    code = f'import {{ chacha20, lock, unlock }} from "./static/js/cipher.js";\n{script}'
    command = ["node", "--input-type=module", "--eval", code]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def test_cipher_is_the_one_of_rfc_8439() -> None:
    """The example of section 2.4.2."""
    text = (
        "Ladies and Gentlemen of the class of '99: "
        "If I could offer you only one tip for the future, sunscreen would be it."
    )
    expected = (
        "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b357"
        "1639d624e65152ab8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736"
        "5af90bbf74a35be6b40b8eedf2785e42874d"
    )
    found = node(f"""
      const key = Uint8Array.from({{ length: 32 }}, (_, at) => at);
      const nonce = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0x4a, 0, 0, 0, 0]);
      const locked = chacha20(key, nonce, new TextEncoder().encode({json.dumps(text)}));
      console.log(JSON.stringify(Buffer.from(locked).toString("hex")));""")

    assert found == expected


def test_entry_is_read_again_with_its_own_key_alone() -> None:
    entry = {"id": "a", "form": {"text": ["é 🙂 'x'"]}, "text": "é 🙂 'x'"}
    found = node(f"""
      const locked = lock("{KEY}", {json.dumps(entry)});
      let other = "nothing";
      try {{ other = unlock("{"00" * 32}", locked); }} catch {{ /* as it should be */ }}
      console.log(JSON.stringify([unlock("{KEY}", locked), other]));""")

    assert found == [entry, "nothing"]


def test_the_same_entry_is_never_locked_the_same_way_and_its_length_says_nothing() -> None:
    found = node(f"""
      const locked = ["ja", "ja", "nee".repeat(50)].map((text) => lock("{KEY}", text));
      console.log(JSON.stringify(locked.map(({{ data }}) => Buffer.from(data).toString("hex"))));""")

    assert len(set(found)) == 3
    assert {len(each) for each in found} == {2 * 8192}
