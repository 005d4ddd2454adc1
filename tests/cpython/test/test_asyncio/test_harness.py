import asyncio
import unittest

import helper_beside_unittest


class Endings(unittest.TestCase):
    def test_a_passes(self):
        async def main():
            await asyncio.sleep(1)
            return asyncio.get_running_loop().time()
        assert asyncio.run(main()) == 1

    def test_b_begins_at_time_zero_too(self):
        self.test_a_passes()

    def test_c_fails(self):
        raise LookupError('with this text')

    def test_d_waits_for_ever(self):
        asyncio.run(asyncio.Event().wait())

    def test_e_turns_for_ever(self):
        async def turn():
            while True:
                await asyncio.sleep(0)
        asyncio.run(turn())

    def test_f_loops_for_ever(self):
        while True:
            pass

    def test_g_is_skipped(self):
        raise unittest.SkipTest('says why')

    def test_h_is_interrupted(self):
        raise KeyboardInterrupt

    def test_i_does_not_apply(self):
        raise AssertionError('must not run')

    def test_j_still_passes(self):
        assert helper_beside_unittest.ANSWER == 42


if __name__ == '__main__':
    unittest.main()
